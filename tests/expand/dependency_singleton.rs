#[allow(clippy::needless_pass_by_value)]
fn pool(config: Depends<config>) -> Result<Pool, PoolError> {
    Pool::new()
}
/// Names the dependency `pool` in `Depends<pool>`.
#[allow(non_camel_case_types)]
struct pool {}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    use ::hueless::__private::{DebugText as _, NoText as _};
    impl ::hueless::__private::Provider for pool {
        type Output = <Result<Pool, PoolError> as ::hueless::__private::IsResult>::Ok;
        type Lifetime = ::hueless::__private::Singleton;
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Plain,
            kind: ::hueless::__private::Kind::Dependency,
            lifetime: ::hueless::__private::LifetimeKind::Singleton,
            fallible: true,
            deps: &[<config>::__hueless_meta],
            ..::hueless::__private::Meta::new::<
                Self,
            >("pool", ::hueless::__private::core::module_path!())
        };
    }
    impl<C> ::hueless::__private::Dependency<C> for pool
    where
        config: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::Context,
        C: ::hueless::__private::Reject<
            <Result<Pool, PoolError> as ::hueless::__private::IsResult>::Err,
        >,
    {
        const OWN: ::hueless::__private::core::option::Option<
            ::hueless::__private::Own,
        > = ::hueless::__private::core::option::Option::Some(
            <Self as ::hueless::__private::Dependency<
                ::hueless::__private::Solo,
            >>::declare,
        );
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.depends::<config>();
            __hueless_node
                .shares_error::<
                    <Result<Pool, PoolError> as ::hueless::__private::IsResult>::Err,
                >();
            __hueless_node
                .describes_error::<
                    <Result<Pool, PoolError> as ::hueless::__private::IsResult>::Err,
                >(|__hueless_error| {
                    (&::hueless::__private::Describe(__hueless_error)).__hueless_text()
                });
            __hueless_node
                .runs_plain::<
                    Self,
                    _,
                    _,
                    _,
                >(
                    |__hueless_inputs| pool(__hueless_inputs.depends()),
                    ::hueless::__private::rejecting::<C, _>,
                );
        }
    }
    impl pool {
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
            if let ::hueless::__private::core::option::Option::Some(__hueless_path) = &__hueless_walk
                .enter(<Self as ::hueless::__private::Provider>::META, __hueless_up)
            {
                let _: ::hueless::__private::core::marker::PhantomData<Depends<config>>;
                <config>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(__hueless_path),
                );
            }
        }
    }
    let mut __hueless_walk = ::hueless::__private::Walk::at(
        <pool as ::hueless::__private::Provider>::META,
    );
    while let ::hueless::__private::core::option::Option::Some(__hueless_path) = &__hueless_walk
        .next()
    {
        let _: ::hueless::__private::core::marker::PhantomData<Depends<config>>;
        <config>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::Some(__hueless_path),
        );
    }
};
