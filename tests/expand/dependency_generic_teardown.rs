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
            name: "pool",
            type_name: ::hueless::__private::core::any::type_name::<Self>,
            id: ::hueless::__private::core::any::TypeId::of::<Self>,
            place: ::hueless::__private::Place {
                module: ::hueless::__private::core::module_path!(),
                file: ::hueless::__private::core::file!(),
                line: ::hueless::__private::core::line!(),
                column: ::hueless::__private::core::column!(),
            },
            colour: ::hueless::__private::Colour::Async,
            lifetime: ::hueless::__private::LifetimeKind::Singleton,
            kind: ::hueless::__private::Kind::Dependency,
            fallible: false,
            timeout: ::hueless::__private::core::option::Option::None,
            teardown: true,
            after_response: false,
            limit: ::hueless::__private::core::option::Option::None,
            seat: false,
            deps: &[],
            requires: &[],
            after: &[],
            reads: &[],
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
            __hueless_node
                .runs_async::<
                    Self,
                    _,
                    _,
                    _,
                >(|_| pool::<C>(), ::hueless::__private::accepting);
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
            let __hueless_step = const {
                &::hueless::__private::Step::new(
                    ::hueless::__private::core::module_path!(),
                    "pool",
                    ::hueless::__private::core::line!(),
                    ::hueless::__private::core::column!(),
                    ::hueless::__private::LifetimeKind::Singleton,
                    true,
                )
            };
            let _ = __hueless_walk.enter(__hueless_step, __hueless_up);
        }
    }
};
