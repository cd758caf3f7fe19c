#[allow(clippy::needless_pass_by_value)]
async fn ping() {}
/// The handler to register is `ping::handler`.
#[allow(non_camel_case_types)]
struct ping {}
#[allow(private_bounds, private_interfaces, clippy::type_complexity)]
impl ping {
    /// `ping`, as a router takes it: resolves its parameters in the context `C` and calls it.
    ///
    /// # Errors
    ///
    /// The rejection of the first node, in declaration order, that failed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the request up: what has not started for it does not start.
    fn handler<C>(
        __hueless_invocation: ::hueless::__private::Invocation<Self, C, ()>,
    ) -> impl ::hueless::__private::core::future::Future<
        Output = ::hueless::__private::core::result::Result<
            ::hueless::__private::Reply<()>,
            <C as ::hueless::__private::Context>::Rejection,
        >,
    > + ::hueless::__private::core::marker::Send
    where
        C: ::hueless::__private::Context + ::hueless::__private::Admits<Self, (), ()>,
    {
        ::hueless::__private::invoke_async(
            __hueless_invocation,
            |()| ping(),
            ::hueless::__private::never_fails,
        )
    }
}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    impl ::hueless::__private::HandlerMeta for ping {
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            name: "ping",
            type_name: ::hueless::__private::core::any::type_name::<Self>,
            id: ::hueless::__private::core::any::TypeId::of::<Self>,
            place: ::hueless::__private::Place {
                module: ::hueless::__private::core::module_path!(),
                file: ::hueless::__private::core::file!(),
                line: ::hueless::__private::core::line!(),
                column: ::hueless::__private::core::column!(),
            },
            colour: ::hueless::__private::Colour::Async,
            lifetime: ::hueless::__private::LifetimeKind::RequestScoped,
            kind: ::hueless::__private::Kind::Handler,
            fallible: false,
            timeout: ::hueless::__private::core::option::Option::None,
            teardown: false,
            after_response: false,
            limit: ::hueless::__private::core::option::Option::None,
            seat: true,
            deps: &[],
            requires: &[<user>::__hueless_meta],
            after: &[],
            reads: &[],
        };
    }
    impl<C> ::hueless::__private::Handler<C, (), ()> for ping
    where
        user: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::Context,
    {
        const SEQUENTIAL: ::hueless::__private::core::primitive::bool = true;
        fn slot() -> &'static ::hueless::__private::Slot {
            static SLOT: ::hueless::__private::Slot = ::hueless::__private::Slot::new();
            &SLOT
        }
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.requires::<user>();
        }
        fn params(_: &mut ::hueless::__private::Inputs) {}
    }
    impl ping {
        #[doc(hidden)]
        fn __hueless_meta() -> &'static ::hueless::__private::Meta {
            <Self as ::hueless::__private::HandlerMeta>::META
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
                    "ping",
                    ::hueless::__private::core::line!(),
                    ::hueless::__private::core::column!(),
                    ::hueless::__private::LifetimeKind::RequestScoped,
                    false,
                )
            };
            if __hueless_walk.enter(__hueless_step, __hueless_up) {
                let __hueless_path = ::hueless::__private::Path {
                    step: __hueless_step,
                    up: __hueless_up,
                };
                let _: ::hueless::__private::core::marker::PhantomData<
                    ::hueless::__private::Depends<user>,
                >;
                <user>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(&__hueless_path),
                );
            }
        }
    }
    const _: () = {
        let mut __hueless_walk = ::hueless::__private::Walk::cycles();
        <ping>::__hueless_walk(
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
        <ping>::__hueless_walk(
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
