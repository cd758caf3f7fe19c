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
            name: "pool",
            type_name: ::hueless::__private::core::any::type_name::<Self>,
            id: ::hueless::__private::core::any::TypeId::of::<Self>,
            place: ::hueless::__private::Place {
                module: ::hueless::__private::core::module_path!(),
                file: ::hueless::__private::core::file!(),
                line: ::hueless::__private::core::line!(),
                column: ::hueless::__private::core::column!(),
            },
            colour: ::hueless::__private::Colour::Plain,
            lifetime: ::hueless::__private::LifetimeKind::Singleton,
            kind: ::hueless::__private::Kind::Dependency,
            fallible: true,
            timeout: ::hueless::__private::core::option::Option::None,
            teardown: false,
            after_response: false,
            limit: ::hueless::__private::core::option::Option::None,
            seat: false,
            deps: &[<config>::__hueless_meta],
            requires: &[],
            after: &[],
            reads: &[],
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
            let __hueless_step = const {
                &::hueless::__private::Step::new(
                    ::hueless::__private::core::module_path!(),
                    "pool",
                    ::hueless::__private::core::line!(),
                    ::hueless::__private::core::column!(),
                    ::hueless::__private::LifetimeKind::Singleton,
                    false,
                )
            };
            if __hueless_walk.enter(__hueless_step, __hueless_up) {
                let __hueless_path = ::hueless::__private::Path {
                    step: __hueless_step,
                    up: __hueless_up,
                };
                let _: ::hueless::__private::core::marker::PhantomData<Depends<config>>;
                <config>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(&__hueless_path),
                );
            }
        }
    }
    const _: () = {
        let mut __hueless_walk = ::hueless::__private::Walk::cycles();
        <pool>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::None,
        );
        if let ::hueless::__private::core::option::Option::Some(__hueless_message) = __hueless_walk
            .message()
        {
            ::hueless::__private::core::panic!("{}", __hueless_message)
        }
    };
    const _: () = {
        let mut __hueless_walk = ::hueless::__private::Walk::lifetimes();
        <pool>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::None,
        );
        if let ::hueless::__private::core::option::Option::Some(__hueless_message) = __hueless_walk
            .message()
        {
            ::hueless::__private::core::panic!("{}", __hueless_message)
        }
    };
};
