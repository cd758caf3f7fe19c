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
            name: "db",
            type_name: ::hueless::__private::core::any::type_name::<Self>,
            id: ::hueless::__private::core::any::TypeId::of::<Self>,
            place: ::hueless::__private::Place {
                module: ::hueless::__private::core::module_path!(),
                file: ::hueless::__private::core::file!(),
                line: ::hueless::__private::core::line!(),
                column: ::hueless::__private::core::column!(),
            },
            colour: ::hueless::__private::Colour::Plain,
            lifetime: ::hueless::__private::LifetimeKind::RequestScoped,
            kind: ::hueless::__private::Kind::Dependency,
            fallible: false,
            timeout: ::hueless::__private::core::option::Option::None,
            teardown: false,
            after_response: false,
            limit: ::hueless::__private::core::option::Option::None,
            seat: false,
            deps: &[<config>::__hueless_meta],
            requires: &[],
            after: &[],
            reads: &[],
        };
    }
    impl<C> ::hueless::__private::Dependency<C> for db
    where
        config: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::Context,
    {
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.depends::<config>();
            __hueless_node
                .runs_plain::<
                    Self,
                    _,
                    _,
                    _,
                >(
                    |__hueless_inputs| db(__hueless_inputs.depends()),
                    ::hueless::__private::accepting,
                );
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
            let __hueless_step = const {
                &::hueless::__private::Step::new(
                    ::hueless::__private::core::module_path!(),
                    "db",
                    ::hueless::__private::core::line!(),
                    ::hueless::__private::core::column!(),
                    ::hueless::__private::LifetimeKind::RequestScoped,
                    false,
                )
            };
            if __hueless_walk.enter(__hueless_step, __hueless_up) {
                let __hueless_path = ::hueless::__private::Path {
                    step: __hueless_step,
                    up: __hueless_up,
                };
                let _: ::hueless::__private::core::marker::PhantomData<Depends<config>>;
                <config>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(&__hueless_path),
                );
            }
        }
    }
    const _: () = {
        let mut __hueless_walk = ::hueless::__private::Walk::cycles();
        <db>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::None,
        );
        if let ::hueless::__private::core::option::Option::Some(__hueless_message) = __hueless_walk
            .message()
        {
            ::hueless::__private::core::panic!("{}", __hueless_message)
        }
    };
    const _: () = {
        let mut __hueless_walk = ::hueless::__private::Walk::lifetimes();
        <db>::__hueless_walk(
            &mut __hueless_walk,
            ::hueless::__private::core::option::Option::None,
        );
        if let ::hueless::__private::core::option::Option::Some(__hueless_message) = __hueless_walk
            .message()
        {
            ::hueless::__private::core::panic!("{}", __hueless_message)
        }
    };
};
