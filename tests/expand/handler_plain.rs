#[allow(clippy::needless_pass_by_value)]
/// Reads an item.
#[tracing::instrument]
pub fn read_item(
    user: Depends<user>,
    state: State<u32>,
    Path(id): Path<u64>,
    db: Depends<db>,
) -> impl IntoResponse {
    id
}
/// Reads an item.
///
/// The handler to register is `read_item::handler`.
#[allow(non_camel_case_types)]
pub struct read_item {}
#[allow(private_bounds, private_interfaces, clippy::type_complexity)]
impl read_item {
    /// `read_item`, as a router takes it: resolves its parameters in the context `C` and calls it.
    ///
    /// # Errors
    ///
    /// The rejection of the first node, in declaration order, that failed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the request up: what has not started for it does not start.
    pub fn handler<C, M>(
        __hueless_invocation: ::hueless::__private::Invocation<Self, C, M>,
    ) -> impl ::hueless::__private::core::future::Future<
        Output = ::hueless::__private::core::result::Result<
            ::hueless::__private::Reply<impl IntoResponse>,
            <C as ::hueless::__private::Context>::Rejection,
        >,
    > + ::hueless::__private::core::marker::Send
    where
        C: ::hueless::__private::Context
            + ::hueless::__private::Admits<
                Self,
                M,
                (Depends<user>, State<u32>, Path<u64>, Depends<db>),
            >,
    {
        ::hueless::__private::invoke_plain(
            __hueless_invocation,
            |(__hueless_a0, __hueless_a1, __hueless_a2, __hueless_a3)| read_item(
                __hueless_a0,
                __hueless_a1,
                __hueless_a2,
                __hueless_a3,
            ),
        )
    }
}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    use ::hueless::__private::NotDepends as _;
    impl ::hueless::__private::HandlerMeta for read_item {
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Plain,
            kind: ::hueless::__private::Kind::Handler,
            deps: &[<user>::__hueless_meta, <db>::__hueless_meta],
            reads: &["State<u32>", "Path<u64>"],
            ..::hueless::__private::Meta::new::<
                Self,
            >("read_item", ::hueless::__private::core::module_path!())
        };
    }
    impl<
        C,
        M,
    > ::hueless::__private::Handler<
        C,
        M,
        (Depends<user>, State<u32>, Path<u64>, Depends<db>),
    > for read_item
    where
        user: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::Extract<State<u32>>,
        C: ::hueless::__private::ExtractLast<Path<u64>, M>,
        db: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::Context,
    {
        fn slot() -> &'static ::hueless::__private::Slot {
            static SLOT: ::hueless::__private::Slot = ::hueless::__private::Slot::new();
            &SLOT
        }
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.depends::<user>();
            __hueless_node.extracts::<State<u32>>("State<u32>");
            __hueless_node.extracts_last::<Path<u64>, M>("Path<u64>");
            __hueless_node.depends::<db>();
        }
        fn params(
            __hueless_inputs: &mut ::hueless::__private::Inputs,
        ) -> (Depends<user>, State<u32>, Path<u64>, Depends<db>) {
            <(
                ::hueless::__private::Resolved,
                ::hueless::__private::Read,
                ::hueless::__private::Read,
                ::hueless::__private::Resolved,
            ) as ::hueless::__private::Sources<_>>::take(__hueless_inputs)
        }
    }
    const _: () = if ::hueless::__private::Probe::<State<u32>>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`State<u32>` is `Depends<…>` under another name; mark the parameter with `#[depends]`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#alias"
        )
    };
    const _: () = if ::hueless::__private::Probe::<Path<u64>>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`Path<u64>` is `Depends<…>` under another name; mark the parameter with `#[depends]`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#alias"
        )
    };
    let _: ::hueless::__private::core::marker::PhantomData<read_item>;
    let __hueless_expect = ::hueless::__private::expect_no_mistake;
    __hueless_expect(&[<user>::__HUELESS_MISTAKE, <db>::__HUELESS_MISTAKE]);
};
