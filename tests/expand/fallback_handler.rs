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
            colour: ::hueless::__private::Colour::Async,
            kind: ::hueless::__private::Kind::Handler,
            generic: true,
            ..::hueless::__private::Meta::new::<
                Self,
            >("read", ::hueless::__private::core::module_path!())
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
};
::core::compile_error! {
    "a handler cannot borrow, as its parameters may cross to another thread; take an owned value, or a dependency through `Depends`\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#borrow"
}
