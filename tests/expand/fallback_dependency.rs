fn db(config: Depends<config>) -> Result<Db, DbError> {
    Db::open(&config)
}
/// Names the dependency `db` in `Depends<db>`.
#[allow(non_camel_case_types)]
struct db {}
#[doc(hidden)]
const _: () = {
    impl ::hueless::__private::Provider for db {
        type Output = <Result<Db, DbError> as ::hueless::__private::IsResult>::Ok;
        type Lifetime = ::hueless::__private::RequestScoped;
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            colour: ::hueless::__private::Colour::Plain,
            kind: ::hueless::__private::Kind::Dependency,
            fallible: true,
            timeout: ::hueless::__private::core::option::Option::Some(
                ::hueless::__private::core::time::Duration::from_nanos(2000000000u64),
            ),
            ..::hueless::__private::Meta::new::<
                Self,
            >("db", ::hueless::__private::core::module_path!())
        };
    }
    impl<C> ::hueless::__private::Dependency<C> for db
    where
        C: ::hueless::__private::Context,
    {
        fn declare(_: &mut ::hueless::__private::Declaration<'_, C>) {
            ::hueless::__private::core::unreachable!()
        }
    }
    impl db {
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
            __hueless_walk
                .enter(<Self as ::hueless::__private::Provider>::META, __hueless_up);
        }
    }
};
::core::compile_error! {
    "unknown option `sometimes`; the options of `#[dependency]` are `guard`, `singleton`, `transient`, `inline`, `cpu`, `executor`, `requires`, `after`, `timeout`, `teardown`, `after_response`, `limit`, `queue`, `crate`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#options"
}
