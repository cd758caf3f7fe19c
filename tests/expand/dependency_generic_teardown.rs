#[allow(clippy::needless_pass_by_value)]
async fn pool<C: Config>() -> Pool<C> {
    Pool::new().await
}
/// Names the dependency `pool` in `Depends<pool>`.
#[allow(dead_code, non_camel_case_types)]
struct pool<C: Config> {
    _generics: ::hueless::__private::core::marker::PhantomData<(fn() -> C,)>,
}
#[doc(hidden)]
const _: () = {
    impl<C: Config> ::hueless::__private::Provider for pool<C>
    where
        C: 'static,
    {
        type Output = Pool<C>;
        type Lifetime = ::hueless::__private::Singleton;
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Async,
            kind: ::hueless::__private::Kind::Dependency,
            lifetime: ::hueless::__private::LifetimeKind::Singleton,
            generic: true,
            teardown: true,
            ..::hueless::__private::Meta::new::<
                Self,
            >("pool", ::hueless::__private::core::module_path!())
        };
    }
    impl<C: Config, C1> ::hueless::__private::Dependency<C1> for pool<C>
    where
        C: 'static,
        C1: ::hueless::__private::Context,
    {
        const OWN: ::hueless::__private::core::option::Option<
            ::hueless::__private::Own,
        > = ::hueless::__private::core::option::Option::Some(
            <Self as ::hueless::__private::Dependency<
                ::hueless::__private::Solo,
            >>::declare,
        );
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C1>) {
            __hueless_node
                .tears_down::<
                    Self,
                    ::hueless::__private::core::convert::Infallible,
                    _,
                    _,
                    _,
                >(
                    close::<C>,
                    ::hueless::__private::never,
                    ::hueless::__private::no_text,
                );
            __hueless_node.awaits::<Self, (), _, _>(pool::<C>);
        }
    }
    impl<C: Config> pool<C>
    where
        C: 'static,
    {
        #[doc(hidden)]
        fn __hueless_meta() -> &'static ::hueless::__private::Meta {
            <Self as ::hueless::__private::Provider>::META
        }
        #[doc(hidden)]
        const fn __hueless_walk(
            __hueless_walk: &mut ::hueless::__private::Walk,
            __hueless_up: ::hueless::__private::core::option::Option<
                &::hueless::__private::Path<'_>,
            >,
        ) {
            __hueless_walk
                .enter(<Self as ::hueless::__private::Provider>::META, __hueless_up);
        }
    }
};
