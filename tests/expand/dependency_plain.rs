#[allow(clippy::needless_pass_by_value)]
/// The database.
#[must_use]
pub fn db(config: Depends<config>) -> Db {
    Db::open(&config)
}
/// The database.
///
/// Names the dependency `db` in `Depends<db>`.
#[allow(non_camel_case_types)]
pub struct db {}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    impl ::hueless::__private::Provider for db {
        type Output = Db;
        type Lifetime = ::hueless::__private::RequestScoped;
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Plain,
            kind: ::hueless::__private::Kind::Dependency,
            deps: &[<config>::__hueless_meta],
            ..::hueless::__private::Meta::new::<
                Self,
            >("db", ::hueless::__private::core::module_path!())
        };
    }
    impl<C> ::hueless::__private::Dependency<C> for db
    where
        config: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::Context,
    {
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.depends::<config>();
            __hueless_node.calls::<Self, (::hueless::__private::Resolved,), _, _>(db);
        }
    }
    impl db {
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
                let _: ::hueless::__private::core::marker::PhantomData<Depends<config>>;
                <config>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(__hueless_path),
                );
            }
        }
    }
    let mut __hueless_walk = ::hueless::__private::Walk::at(
        <db as ::hueless::__private::Provider>::META,
    );
    while let ::hueless::__private::core::option::Option::Some(__hueless_path) = &__hueless_walk
        .next()
    {
        let _: ::hueless::__private::core::marker::PhantomData<Depends<config>>;
        <config>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::Some(__hueless_path),
        );
    }
};
