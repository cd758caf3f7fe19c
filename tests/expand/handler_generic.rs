#[allow(clippy::needless_pass_by_value)]
fn list<C: Backend>(repo: Depends<repo<C>>, M(m): M<C>) -> C1 {
    load()
}
/// The handler to register is `list::handler`.
#[allow(dead_code, non_camel_case_types)]
struct list<C: Backend> {
    _generics: ::hueless::__private::core::marker::PhantomData<(fn() -> C,)>,
}
#[allow(private_bounds, private_interfaces, clippy::type_complexity)]
impl<C: Backend> list<C>
where
    C: 'static,
{
    /// `list`, as a router takes it: resolves its parameters in the context `C2` and calls it.
    ///
    /// # Errors
    ///
    /// The rejection of the first node, in declaration order, that failed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the request up: what has not started for it does not start.
    fn handler<C2, M1>(
        __hueless_invocation: ::hueless::__private::Invocation<Self, C2, M1>,
    ) -> impl ::hueless::__private::core::future::Future<
        Output = ::hueless::__private::core::result::Result<
            ::hueless::__private::Reply<C1>,
            <C2 as ::hueless::__private::Context>::Rejection,
        >,
    > + ::hueless::__private::core::marker::Send
    where
        C2: ::hueless::__private::Context
            + ::hueless::__private::Admits<Self, M1, (Depends<repo<C>>, M<C>)>,
    {
        ::hueless::__private::invoke_plain(
            __hueless_invocation,
            |(__hueless_a0, __hueless_a1)| list::<C>(__hueless_a0, __hueless_a1),
        )
    }
}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    use ::hueless::__private::NotDepends as _;
    impl<C: Backend> ::hueless::__private::HandlerMeta for list<C>
    where
        C: 'static,
    {
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Inline,
            kind: ::hueless::__private::Kind::Handler,
            generic: true,
            deps: &[<repo<C>>::__hueless_meta],
            reads: &["M<C>"],
            ..::hueless::__private::Meta::new::<
                Self,
            >("list", ::hueless::__private::core::module_path!())
        };
    }
    impl<
        C: Backend,
        C2,
        M1,
    > ::hueless::__private::Handler<C2, M1, (Depends<repo<C>>, M<C>)> for list<C>
    where
        C: 'static,
        repo<C>: ::hueless::__private::Dependency<C2>,
        C2: ::hueless::__private::ExtractLast<M<C>, M1>,
        C2: ::hueless::__private::Context,
    {
        fn slot() -> &'static ::hueless::__private::Slot {
            static SLOT: ::hueless::__private::Slot = ::hueless::__private::Slot::new();
            &SLOT
        }
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C2>) {
            __hueless_node.depends::<repo<C>>();
            __hueless_node.extracts_last::<M<C>, M1>("M<C>");
        }
        fn params(
            __hueless_inputs: &mut ::hueless::__private::Inputs,
        ) -> (Depends<repo<C>>, M<C>) {
            <(
                ::hueless::__private::Resolved,
                ::hueless::__private::Read,
            ) as ::hueless::__private::Sources<_>>::take(__hueless_inputs)
        }
    }
    impl<C: Backend> list<C>
    where
        C: 'static,
    {
        #[doc(hidden)]
        fn __hueless_check() {
            let _: ::hueless::__private::ReadFromTheContext = ::hueless::__private::Probe::<
                M<C>,
            >::KIND;
        }
    }
};
