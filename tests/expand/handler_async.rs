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
        ::hueless::__private::invoke_async(__hueless_invocation, ping)
    }
}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    impl ::hueless::__private::HandlerMeta for ping {
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Async,
            kind: ::hueless::__private::Kind::Handler,
            seat: true,
            requires: &[<user>::__hueless_meta],
            ..::hueless::__private::Meta::new::<
                Self,
            >("ping", ::hueless::__private::core::module_path!())
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
        fn params(__hueless_inputs: &mut ::hueless::__private::Inputs) -> () {
            <() as ::hueless::__private::Sources<_>>::take(__hueless_inputs)
        }
    }
    let _: ::hueless::__private::core::marker::PhantomData<ping>;
    let __hueless_expect = ::hueless::__private::expect_no_mistake;
    __hueless_expect(&[<user>::__HUELESS_MISTAKE]);
};
