#[allow(clippy::needless_pass_by_value)]
/// The user.
#[deprecated]
#[expect(clippy::unused_async)]
async fn user(
    db: Depends<db>,
    session: Session,
    headers: HeaderMap,
) -> Result<User, AuthError> {
    load()
}
/// The user.
///
/// Names the dependency `user` in `Depends<user>`.
#[deprecated]
#[allow(clippy::unused_async)]
#[allow(deprecated)]
#[allow(non_camel_case_types)]
struct user {}
#[doc(hidden)]
#[allow(clippy::unused_async)]
#[allow(deprecated)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    use ::hueless::__private::NotDepends as _;
    impl ::hueless::__private::Provider for user {
        type Output = <Result<User, AuthError> as ::hueless::__private::IsResult>::Ok;
        type Lifetime = ::hueless::__private::RequestScoped;
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Async,
            kind: ::hueless::__private::Kind::Guard,
            fallible: true,
            limit: ::hueless::__private::core::option::Option::Some(::hueless::__private::Limit {
                values: 8u32,
                queue: ::hueless::__private::core::option::Option::None,
            }),
            deps: &[
                <db>::__hueless_meta,
                <<Session as ::hueless::__private::DependsOn>::Provider>::__hueless_meta,
            ],
            requires: &[<rate>::__hueless_meta],
            after: &[<audit>::__hueless_meta],
            reads: &["HeaderMap"],
            ..::hueless::__private::Meta::new::<
                Self,
            >("user", ::hueless::__private::core::module_path!())
        };
    }
    impl<C> ::hueless::__private::Dependency<C> for user
    where
        rate: ::hueless::__private::Dependency<C>,
        db: ::hueless::__private::Dependency<C>,
        <Session as ::hueless::__private::DependsOn>::Provider: ::hueless::__private::Dependency<
            C,
        >,
        C: ::hueless::__private::Extract<HeaderMap>,
        C: ::hueless::__private::Context,
        C: ::hueless::__private::Reject<
            <Result<User, AuthError> as ::hueless::__private::IsResult>::Err,
        >,
    {
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.requires::<rate>();
            __hueless_node.depends::<db>();
            __hueless_node
                .depends::<<Session as ::hueless::__private::DependsOn>::Provider>();
            __hueless_node.extracts::<HeaderMap>("HeaderMap");
            __hueless_node.after::<audit>();
            __hueless_node.stays_on_executor();
            __hueless_node
                .runs_async::<
                    Self,
                    _,
                    _,
                    _,
                >(
                    |__hueless_inputs| user(
                        __hueless_inputs.depends(),
                        <Session as ::hueless::__private::DependsOn>::from_depends(
                            (__hueless_inputs).depends(),
                        ),
                        __hueless_inputs.extracted(),
                    ),
                    ::hueless::__private::rejecting::<C, _>,
                );
        }
    }
    impl user {
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
                let _: ::hueless::__private::core::marker::PhantomData<
                    ::hueless::__private::Depends<rate>,
                >;
                <rate>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(__hueless_path),
                );
                let _: ::hueless::__private::core::marker::PhantomData<Depends<db>>;
                <db>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(__hueless_path),
                );
                let _: ::hueless::__private::core::marker::PhantomData<Session>;
                <<Session as ::hueless::__private::DependsOn>::Provider>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(__hueless_path),
                );
                if (__hueless_walk).follows_after() {
                    let _: ::hueless::__private::core::marker::PhantomData<
                        ::hueless::__private::Depends<audit>,
                    >;
                    <audit>::__hueless_walk(
                        __hueless_walk,
                        ::hueless::__private::core::option::Option::Some(__hueless_path),
                    );
                }
            }
        }
    }
    const _: () = if ::hueless::__private::Probe::<HeaderMap>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`HeaderMap` is `Depends<…>` under another name; mark the parameter with `#[depends]`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#alias"
        )
    };
    let mut __hueless_walk = ::hueless::__private::Walk::at(
        <user as ::hueless::__private::Provider>::META,
    );
    while let ::hueless::__private::core::option::Option::Some(__hueless_path) = &__hueless_walk
        .next()
    {
        let _: ::hueless::__private::core::marker::PhantomData<
            ::hueless::__private::Depends<rate>,
        >;
        <rate>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::Some(__hueless_path),
        );
        let _: ::hueless::__private::core::marker::PhantomData<Depends<db>>;
        <db>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::Some(__hueless_path),
        );
        let _: ::hueless::__private::core::marker::PhantomData<Session>;
        <<Session as ::hueless::__private::DependsOn>::Provider>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::Some(__hueless_path),
        );
        if (&mut __hueless_walk).follows_after() {
            let _: ::hueless::__private::core::marker::PhantomData<
                ::hueless::__private::Depends<audit>,
            >;
            <audit>::__hueless_walk(
                &mut __hueless_walk,
                ::hueless::__private::core::option::Option::Some(__hueless_path),
            );
        }
    }
};
