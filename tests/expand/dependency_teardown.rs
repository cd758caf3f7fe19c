#[allow(clippy::needless_pass_by_value)]
fn transaction(db: Depends<db>) -> Result<Transaction, DbError> {
    db.begin()
}
/// Names the dependency `transaction` in `Depends<transaction>`.
#[allow(non_camel_case_types)]
struct transaction {}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    use ::hueless::__private::{DebugText as _, NoText as _};
    impl ::hueless::__private::Provider for transaction {
        type Output = <Result<
            Transaction,
            DbError,
        > as ::hueless::__private::IsResult>::Ok;
        type Lifetime = ::hueless::__private::RequestScoped;
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Plain,
            kind: ::hueless::__private::Kind::Dependency,
            fallible: true,
            teardown: true,
            after_response: true,
            timeout: ::hueless::__private::core::option::Option::Some(
                ::hueless::__private::core::time::Duration::from_nanos(90000000000u64),
            ),
            deps: &[<db>::__hueless_meta],
            ..::hueless::__private::Meta::new::<
                Self,
            >("transaction", ::hueless::__private::core::module_path!())
        };
    }
    impl<C> ::hueless::__private::Dependency<C> for transaction
    where
        db: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::Context,
        C: ::hueless::__private::Reject<
            <Result<Transaction, DbError> as ::hueless::__private::IsResult>::Err,
        >,
    {
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.depends::<db>();
            __hueless_node
                .tears_down::<
                    Self,
                    <Result<
                        Transaction,
                        DbError,
                    > as ::hueless::__private::IsResult>::Err,
                    _,
                    _,
                    _,
                >(
                    end,
                    <C as ::hueless::__private::Reject<
                        <Result<
                            Transaction,
                            DbError,
                        > as ::hueless::__private::IsResult>::Err,
                    >>::reject,
                    |__hueless_error| {
                        (&::hueless::__private::Describe(__hueless_error))
                            .__hueless_text()
                    },
                );
            __hueless_node
                .ends_after_response::<
                    Self,
                    <Result<
                        Transaction,
                        DbError,
                    > as ::hueless::__private::IsResult>::Err,
                    _,
                    _,
                    _,
                >(
                    self::release::<u8>,
                    |__hueless_error| {
                        (&::hueless::__private::Describe(__hueless_error))
                            .__hueless_text()
                    },
                );
            __hueless_node
                .runs_plain::<
                    Self,
                    _,
                    _,
                    _,
                >(
                    |__hueless_inputs| transaction(__hueless_inputs.depends()),
                    ::hueless::__private::rejecting::<C, _>,
                );
        }
    }
    impl transaction {
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
                let _: ::hueless::__private::core::marker::PhantomData<Depends<db>>;
                <db>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(__hueless_path),
                );
            }
        }
    }
    let mut __hueless_walk = ::hueless::__private::Walk::at(
        <transaction as ::hueless::__private::Provider>::META,
    );
    while let ::hueless::__private::core::option::Option::Some(__hueless_path) = &__hueless_walk
        .next()
    {
        let _: ::hueless::__private::core::marker::PhantomData<Depends<db>>;
        <db>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::Some(__hueless_path),
        );
    }
};
