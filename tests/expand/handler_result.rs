#[allow(clippy::needless_pass_by_value)]
fn write(body: Bytes) -> Result<impl IntoResponse, WriteError> {
    store(body)
}
/// The handler to register is `write::handler`.
#[allow(non_camel_case_types)]
struct write {}
#[allow(private_bounds, private_interfaces, clippy::type_complexity)]
impl write {
    /// `write`, as a router takes it: resolves its parameters in the context `C` and calls it.
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
            ::hueless::__private::Reply<Result<impl IntoResponse, WriteError>>,
            <C as ::hueless::__private::Context>::Rejection,
        >,
    > + ::hueless::__private::core::marker::Send
    where
        C: ::hueless::__private::Context
            + ::hueless::__private::Admits<Self, M, (Bytes,)>,
    {
        ::hueless::__private::invoke_fallible_plain(
            __hueless_invocation,
            |(__hueless_a0,)| write(__hueless_a0),
            ::hueless::__private::is_err,
        )
    }
}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotDepends as _;
    impl ::hueless::__private::HandlerMeta for write {
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Plain,
            kind: ::hueless::__private::Kind::Handler,
            fallible: true,
            timeout: ::hueless::__private::core::option::Option::Some(
                ::hueless::__private::core::time::Duration::from_nanos(500000000u64),
            ),
            reads: &["Bytes"],
            ..::hueless::__private::Meta::new::<
                Self,
            >("write", ::hueless::__private::core::module_path!())
        };
    }
    impl<C, M> ::hueless::__private::Handler<C, M, (Bytes,)> for write
    where
        C: ::hueless::__private::ExtractLast<Bytes, M>,
        C: ::hueless::__private::Context,
    {
        fn slot() -> &'static ::hueless::__private::Slot {
            static SLOT: ::hueless::__private::Slot = ::hueless::__private::Slot::new();
            &SLOT
        }
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.extracts_last::<Bytes, M>("Bytes");
        }
        fn params(__hueless_inputs: &mut ::hueless::__private::Inputs) -> (Bytes,) {
            <(
                ::hueless::__private::Read,
            ) as ::hueless::__private::Sources<_>>::take(__hueless_inputs)
        }
    }
    const _: () = if ::hueless::__private::Probe::<Bytes>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`Bytes` is `Depends<…>` under another name; mark the parameter with `#[depends]`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#alias"
        )
    };
    let _: ::hueless::__private::core::marker::PhantomData<write>;
};
