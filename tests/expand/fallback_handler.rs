async fn read<'a, T: Read<'a>>(body: &'a T) -> impl IntoResponse {
    body
}
/// The handler to register is `read::handler`.
#[allow(dead_code, non_camel_case_types)]
struct read<T> {
    _generics: ::hueless::__private::core::marker::PhantomData<(fn() -> T,)>,
}
#[doc(hidden)]
const _: () = {
    impl<T> ::hueless::__private::HandlerMeta for read<T>
    where
        T: 'static,
    {
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            name: "read",
            type_name: ::hueless::__private::core::any::type_name::<Self>,
            id: ::hueless::__private::core::any::TypeId::of::<Self>,
            place: ::hueless::__private::Place {
                module: ::hueless::__private::core::module_path!(),
                file: ::hueless::__private::core::file!(),
                line: ::hueless::__private::core::line!(),
                column: ::hueless::__private::core::column!(),
            },
            colour: ::hueless::__private::Colour::Async,
            lifetime: ::hueless::__private::LifetimeKind::RequestScoped,
            kind: ::hueless::__private::Kind::Handler,
            fallible: false,
            timeout: ::hueless::__private::core::option::Option::None,
            teardown: false,
            after_response: false,
            limit: ::hueless::__private::core::option::Option::None,
            seat: false,
            deps: &[],
            requires: &[],
            after: &[],
            reads: &[],
        };
    }
    impl<T> read<T>
    where
        T: 'static,
    {
        #[doc(hidden)]
        fn handler<C: ::hueless::__private::Context>(
            _: ::hueless::__private::Invocation<Self, C, ()>,
        ) -> impl ::hueless::__private::core::future::Future<
            Output = ::hueless::__private::core::result::Result<
                ::hueless::__private::Reply<()>,
                <C as ::hueless::__private::Context>::Rejection,
            >,
        > + ::hueless::__private::core::marker::Send {
            ::hueless::__private::core::future::pending::<
                ::hueless::__private::core::result::Result<
                    ::hueless::__private::Reply<()>,
                    <C as ::hueless::__private::Context>::Rejection,
                >,
            >()
        }
    }
    impl<T> read<T>
    where
        T: 'static,
    {
        #[doc(hidden)]
        fn __hueless_meta() -> &'static ::hueless::__private::Meta {
            <Self as ::hueless::__private::HandlerMeta>::META
        }
        #[doc(hidden)]
        const fn __hueless_walk(
            __hueless_walk: &mut ::hueless::__private::Walk,
            __hueless_up: ::hueless::__private::core::option::Option<
                &::hueless::__private::Path<'_>,
            >,
        ) {
            let __hueless_step = const {
                &::hueless::__private::Step::new(
                    ::hueless::__private::core::module_path!(),
                    "read",
                    ::hueless::__private::core::line!(),
                    ::hueless::__private::core::column!(),
                    ::hueless::__private::LifetimeKind::RequestScoped,
                    true,
                )
            };
            let _ = __hueless_walk.enter(__hueless_step, __hueless_up);
        }
    }
};
::core::compile_error! {
    "a handler cannot borrow, as its parameters may cross to another thread; take an owned value, or a dependency through `Depends`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#borrow"
}
