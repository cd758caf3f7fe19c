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
            name: "Page",
            type_name: ::hueless::__private::core::any::type_name::<Self>,
            id: ::hueless::__private::core::any::TypeId::of::<Self>,
            place: ::hueless::__private::Place {
                module: ::hueless::__private::core::module_path!(),
                file: ::hueless::__private::core::file!(),
                line: ::hueless::__private::core::line!(),
                column: ::hueless::__private::core::column!(),
            },
            colour: ::hueless::__private::Colour::Struct,
            lifetime: ::hueless::__private::LifetimeKind::RequestScoped,
            kind: ::hueless::__private::Kind::Dependency,
            fallible: false,
            deps: &[
                <db>::__hueless_meta,
                <<CurrentUser as ::hueless::__private::DependsOn>::Provider>::__hueless_meta,
            ],
            requires: &[],
            after: &[],
            reads: &["Query<Params>"],
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
        fn declare(node: &mut ::hueless::__private::Declaration<'_, C>) {
            node.depends::<db>();
            node.depends::<<CurrentUser as ::hueless::__private::DependsOn>::Provider>();
            node.extracts::<Query<Params>>("Query<Params>");
            node.builds::<
                    Self,
                    _,
                >(|inputs| Self {
                db: inputs.depends(),
                user: <CurrentUser as ::hueless::__private::DependsOn>::from_depends(
                    (inputs).depends(),
                ),
                query: inputs.extracted(),
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
            walk: &mut ::hueless::__private::Walk,
            up: ::hueless::__private::core::option::Option<
                &::hueless::__private::Path<'_>,
            >,
        ) {
            let step = const {
                &::hueless::__private::Step::new(
                    ::hueless::__private::core::module_path!(),
                    "Page",
                    ::hueless::__private::core::line!(),
                    ::hueless::__private::core::column!(),
                    ::hueless::__private::LifetimeKind::RequestScoped,
                    false,
                )
            };
            if walk.enter(step, up) {
                let path = ::hueless::__private::Path {
                    step: step,
                    up: up,
                };
                let _: ::hueless::__private::core::marker::PhantomData<Depends<db>>;
                <db>::__hueless_walk(
                    walk,
                    ::hueless::__private::core::option::Option::Some(&path),
                );
                let _: ::hueless::__private::core::marker::PhantomData<CurrentUser>;
                <<CurrentUser as ::hueless::__private::DependsOn>::Provider>::__hueless_walk(
                    walk,
                    ::hueless::__private::core::option::Option::Some(&path),
                );
                walk.reads("Query<Params>", &path);
            }
        }
    }
    const _: () = {
        let mut walk = ::hueless::__private::Walk::cycles();
        <Page>::__hueless_walk(
            &mut walk,
            ::hueless::__private::core::option::Option::None,
        );
        if let ::hueless::__private::core::option::Option::Some(message) = walk.message()
        {
            ::hueless::__private::core::panic!("{}", message)
        }
    };
    const _: () = if ::hueless::__private::Probe::<Query<Params>>::IS_DEPENDS {
        ::hueless::__private::core::panic!(
            "`Query<Params>` is `Depends<…>` under another name; mark the field with `#[depends]`"
        )
    };
};
