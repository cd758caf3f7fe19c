#[allow(clippy::needless_pass_by_value)]
fn read(#[cfg(unix)] socket: Depends<socket>, body: Body) {}
/// The handler to register is `read::handler`.
#[allow(non_camel_case_types)]
struct read {}
#[cfg(all(unix))]
#[allow(private_bounds, private_interfaces, clippy::type_complexity)]
impl read {
    /// `read`, as a router takes it: resolves its parameters in the context `C` and calls it.
    ///
    /// # Errors
    ///
    /// The rejection of the first node, in declaration order, that failed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the request up: what has not started for it does not start.
    fn handler<C, M>(
        __hueless_invocation: ::hueless::__private::Invocation<Self, C, M>,
    ) -> impl ::hueless::__private::core::future::Future<
        Output = ::hueless::__private::core::result::Result<
            ::hueless::__private::Reply<()>,
            <C as ::hueless::__private::Context>::Rejection,
        >,
    > + ::hueless::__private::core::marker::Send
    where
        C: ::hueless::__private::Context
            + ::hueless::__private::Admits<Self, M, (Depends<socket>, Body)>,
    {
        ::hueless::__private::invoke_plain(
            __hueless_invocation,
            |(__hueless_a0, __hueless_a1)| read(__hueless_a0, __hueless_a1),
            ::hueless::__private::never_fails,
        )
    }
}
#[cfg(all(unix))]
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    use ::hueless::__private::NotDepends as _;
    impl ::hueless::__private::HandlerMeta for read {
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            name: "read",
            type_name: ::hueless::__private::core::any::type_name::<Self>,
            id: ::hueless::__private::core::any::TypeId::of::<Self>,
            place: ::hueless::__private::Place {
                module: ::hueless::__private::core::module_path!(),
                file: ::hueless::__private::core::file!(),
                line: ::hueless::__private::core::line!(),
                column: ::hueless::__private::core::column!(),
            },
            colour: ::hueless::__private::Colour::Plain,
            lifetime: ::hueless::__private::LifetimeKind::RequestScoped,
            kind: ::hueless::__private::Kind::Handler,
            fallible: false,
            timeout: ::hueless::__private::core::option::Option::None,
            teardown: false,
            after_response: false,
            limit: ::hueless::__private::core::option::Option::None,
            seat: false,
            deps: &[<socket>::__hueless_meta],
            requires: &[],
            after: &[],
            reads: &["Body"],
        };
    }
    impl<C, M> ::hueless::__private::Handler<C, M, (Depends<socket>, Body)> for read
    where
        socket: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::ExtractLast<Body, M>,
        C: ::hueless::__private::Context,
    {
        const SEQUENTIAL: ::hueless::__private::core::primitive::bool = false;
        fn slot() -> &'static ::hueless::__private::Slot {
            static SLOT: ::hueless::__private::Slot = ::hueless::__private::Slot::new();
            &SLOT
        }
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.depends::<socket>();
            __hueless_node.extracts_last::<Body, M>("Body");
        }
        fn params(
            __hueless_inputs: &mut ::hueless::__private::Inputs,
        ) -> (Depends<socket>, Body) {
            (__hueless_inputs.depends(), __hueless_inputs.extracted())
        }
    }
    impl read {
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
                    "read",
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
                let _: ::hueless::__private::core::marker::PhantomData<Depends<socket>>;
                <socket>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(&__hueless_path),
                );
                __hueless_walk.reads("Body", &__hueless_path);
            }
        }
    }
    const _: () = {
        let mut __hueless_walk = ::hueless::__private::Walk::cycles();
        <read>::__hueless_walk(
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
        <read>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::None,
        );
        if let ::hueless::__private::core::option::Option::Some(__hueless_message) = __hueless_walk
            .message()
        {
            ::hueless::__private::core::panic!("{}", __hueless_message)
        }
    };
    const _: () = if ::hueless::__private::Probe::<Body>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`Body` is `Depends<…>` under another name; mark the parameter with `#[depends]`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#alias"
        )
    };
};
#[cfg(all(not(unix)))]
#[allow(private_bounds, private_interfaces, clippy::type_complexity)]
impl read {
    /// `read`, as a router takes it: resolves its parameters in the context `C` and calls it.
    ///
    /// # Errors
    ///
    /// The rejection of the first node, in declaration order, that failed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the request up: what has not started for it does not start.
    fn handler<C, M>(
        __hueless_invocation: ::hueless::__private::Invocation<Self, C, M>,
    ) -> impl ::hueless::__private::core::future::Future<
        Output = ::hueless::__private::core::result::Result<
            ::hueless::__private::Reply<()>,
            <C as ::hueless::__private::Context>::Rejection,
        >,
    > + ::hueless::__private::core::marker::Send
    where
        C: ::hueless::__private::Context
            + ::hueless::__private::Admits<Self, M, (Body,)>,
    {
        ::hueless::__private::invoke_plain(
            __hueless_invocation,
            |(__hueless_a0,)| read(__hueless_a0),
            ::hueless::__private::never_fails,
        )
    }
}
#[cfg(all(not(unix)))]
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotDepends as _;
    impl ::hueless::__private::HandlerMeta for read {
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            name: "read",
            type_name: ::hueless::__private::core::any::type_name::<Self>,
            id: ::hueless::__private::core::any::TypeId::of::<Self>,
            place: ::hueless::__private::Place {
                module: ::hueless::__private::core::module_path!(),
                file: ::hueless::__private::core::file!(),
                line: ::hueless::__private::core::line!(),
                column: ::hueless::__private::core::column!(),
            },
            colour: ::hueless::__private::Colour::Plain,
            lifetime: ::hueless::__private::LifetimeKind::RequestScoped,
            kind: ::hueless::__private::Kind::Handler,
            fallible: false,
            timeout: ::hueless::__private::core::option::Option::None,
            teardown: false,
            after_response: false,
            limit: ::hueless::__private::core::option::Option::None,
            seat: false,
            deps: &[],
            requires: &[],
            after: &[],
            reads: &["Body"],
        };
    }
    impl<C, M> ::hueless::__private::Handler<C, M, (Body,)> for read
    where
        C: ::hueless::__private::ExtractLast<Body, M>,
        C: ::hueless::__private::Context,
    {
        const SEQUENTIAL: ::hueless::__private::core::primitive::bool = false;
        fn slot() -> &'static ::hueless::__private::Slot {
            static SLOT: ::hueless::__private::Slot = ::hueless::__private::Slot::new();
            &SLOT
        }
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.extracts_last::<Body, M>("Body");
        }
        fn params(__hueless_inputs: &mut ::hueless::__private::Inputs) -> (Body,) {
            (__hueless_inputs.extracted(),)
        }
    }
    impl read {
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
                    "read",
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
                __hueless_walk.reads("Body", &__hueless_path);
            }
        }
    }
    const _: () = {
        let mut __hueless_walk = ::hueless::__private::Walk::cycles();
        <read>::__hueless_walk(
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
        <read>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::None,
        );
        if let ::hueless::__private::core::option::Option::Some(__hueless_message) = __hueless_walk
            .message()
        {
            ::hueless::__private::core::panic!("{}", __hueless_message)
        }
    };
    const _: () = if ::hueless::__private::Probe::<Body>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`Body` is `Depends<…>` under another name; mark the parameter with `#[depends]`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#alias"
        )
    };
};
