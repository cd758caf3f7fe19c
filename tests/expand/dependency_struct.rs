#[derive(Debug)]
pub struct Page {
    db: Depends<db>,
    user: CurrentUser,
    query: Query<Params>,
}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    use ::hueless::__private::NotDepends as _;
    impl ::hueless::__private::Provider for Page {
        type Output = Page;
        type Lifetime = ::hueless::__private::RequestScoped;
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Struct,
            kind: ::hueless::__private::Kind::Dependency,
            deps: &[
                <db>::__hueless_meta,
                <<CurrentUser as ::hueless::__private::DependsOn>::Provider>::__hueless_meta,
            ],
            reads: &["Query<Params>"],
            ..::hueless::__private::Meta::new::<
                Self,
            >("Page", ::hueless::__private::core::module_path!())
        };
    }
    impl<C> ::hueless::__private::Dependency<C> for Page
    where
        db: ::hueless::__private::Dependency<C>,
        <CurrentUser as ::hueless::__private::DependsOn>::Provider: ::hueless::__private::Dependency<
            C,
        >,
        C: ::hueless::__private::Extract<Query<Params>>,
        C: ::hueless::__private::Context,
    {
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.depends::<db>();
            __hueless_node
                .depends::<<CurrentUser as ::hueless::__private::DependsOn>::Provider>();
            __hueless_node.extracts::<Query<Params>>("Query<Params>");
            __hueless_node
                .builds::<
                    Self,
                    _,
                >(|__hueless_inputs| Self {
                    db: __hueless_inputs.depends(),
                    user: <CurrentUser as ::hueless::__private::DependsOn>::from_depends(
                        (__hueless_inputs).depends(),
                    ),
                    query: __hueless_inputs.extracted(),
                });
        }
    }
    impl Page {
        #[doc(hidden)]
        pub fn __hueless_meta() -> &'static ::hueless::__private::Meta {
            <Self as ::hueless::__private::Provider>::META
        }
        #[doc(hidden)]
        pub const fn __hueless_walk(
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
                let _: ::hueless::__private::core::marker::PhantomData<CurrentUser>;
                <<CurrentUser as ::hueless::__private::DependsOn>::Provider>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(__hueless_path),
                );
            }
        }
    }
    const _: () = if ::hueless::__private::Probe::<Query<Params>>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`Query<Params>` is `Depends<…>` under another name; mark the field with `#[depends]`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#alias"
        )
    };
    let mut __hueless_walk = ::hueless::__private::Walk::at(
        <Page as ::hueless::__private::Provider>::META,
    );
    while let ::hueless::__private::core::option::Option::Some(__hueless_path) = &__hueless_walk
        .next()
    {
        let _: ::hueless::__private::core::marker::PhantomData<Depends<db>>;
        <db>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::Some(__hueless_path),
        );
        let _: ::hueless::__private::core::marker::PhantomData<CurrentUser>;
        <<CurrentUser as ::hueless::__private::DependsOn>::Provider>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::Some(__hueless_path),
        );
    }
};
