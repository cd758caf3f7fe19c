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
            colour: ::hueless::__private::Colour::Plain,
            kind: ::hueless::__private::Kind::Handler,
            deps: &[<socket>::__hueless_meta],
            reads: &["Body"],
            ..::hueless::__private::Meta::new::<
                Self,
            >("read", ::hueless::__private::core::module_path!())
        };
    }
    impl<C, M> ::hueless::__private::Handler<C, M, (Depends<socket>, Body)> for read
    where
        socket: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::ExtractLast<Body, M>,
        C: ::hueless::__private::Context,
    {
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
            <(
                ::hueless::__private::Resolved,
                ::hueless::__private::Read,
            ) as ::hueless::__private::Sources<_>>::take(__hueless_inputs)
        }
    }
    const _: () = if ::hueless::__private::Probe::<Body>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`Body` is `Depends<…>` under another name; mark the parameter with `#[depends]`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#alias"
        )
    };
    let _: ::hueless::__private::core::marker::PhantomData<read>;
    let __hueless_expect = ::hueless::__private::expect_no_mistake;
    __hueless_expect(&[<socket>::__HUELESS_MISTAKE]);
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
        )
    }
}
#[cfg(all(not(unix)))]
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotDepends as _;
    impl ::hueless::__private::HandlerMeta for read {
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Plain,
            kind: ::hueless::__private::Kind::Handler,
            reads: &["Body"],
            ..::hueless::__private::Meta::new::<
                Self,
            >("read", ::hueless::__private::core::module_path!())
        };
    }
    impl<C, M> ::hueless::__private::Handler<C, M, (Body,)> for read
    where
        C: ::hueless::__private::ExtractLast<Body, M>,
        C: ::hueless::__private::Context,
    {
        fn slot() -> &'static ::hueless::__private::Slot {
            static SLOT: ::hueless::__private::Slot = ::hueless::__private::Slot::new();
            &SLOT
        }
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.extracts_last::<Body, M>("Body");
        }
        fn params(__hueless_inputs: &mut ::hueless::__private::Inputs) -> (Body,) {
            <(
                ::hueless::__private::Read,
            ) as ::hueless::__private::Sources<_>>::take(__hueless_inputs)
        }
    }
    const _: () = if ::hueless::__private::Probe::<Body>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`Body` is `Depends<…>` under another name; mark the parameter with `#[depends]`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#alias"
        )
    };
    let _: ::hueless::__private::core::marker::PhantomData<read>;
};
