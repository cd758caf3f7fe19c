#[allow(clippy::needless_pass_by_value)]
pub(crate) fn page<T: Backend, const SIZE: usize>(
    pool: Depends<T::Pool>,
    repo: Depends<repo<T>>,
    query: Query<T>,
) -> Page<T>
where
    T: Clone,
{
    Page::new()
}
/// Names the dependency `page` in `Depends<page>`.
#[allow(dead_code, non_camel_case_types)]
pub(crate) struct page<T: Backend, const SIZE: usize>
where
    T: Clone,
{
    _generics: ::hueless::__private::core::marker::PhantomData<(fn() -> T,)>,
}
#[doc(hidden)]
const _: () = {
    use ::hueless::__private::NotADependency as _;
    use ::hueless::__private::NotDepends as _;
    impl<T: Backend, const SIZE: usize> ::hueless::__private::Provider for page<T, SIZE>
    where
        T: 'static,
        T: Clone,
    {
        type Output = Page<T>;
        type Lifetime = ::hueless::__private::Transient;
        const META: &'static ::hueless::__private::Meta = &::hueless::__private::Meta {
            name: "page",
            type_name: ::hueless::__private::core::any::type_name::<Self>,
            id: ::hueless::__private::core::any::TypeId::of::<Self>,
            place: ::hueless::__private::Place {
                module: ::hueless::__private::core::module_path!(),
                file: ::hueless::__private::core::file!(),
                line: ::hueless::__private::core::line!(),
                column: ::hueless::__private::core::column!(),
            },
            colour: ::hueless::__private::Colour::Cpu,
            lifetime: ::hueless::__private::LifetimeKind::Transient,
            kind: ::hueless::__private::Kind::Dependency,
            fallible: false,
            timeout: ::hueless::__private::core::option::Option::None,
            teardown: false,
            after_response: false,
            limit: ::hueless::__private::core::option::Option::Some(::hueless::__private::Limit {
                values: 4u32,
                queue: ::hueless::__private::core::option::Option::Some(0u32),
            }),
            seat: false,
            deps: &[
                <T::Pool as ::hueless::__private::Provider>::meta,
                <repo<T>>::__hueless_meta,
            ],
            requires: &[],
            after: &[],
            reads: &["Query<T>"],
        };
    }
    impl<T: Backend, const SIZE: usize, C> ::hueless::__private::Dependency<C>
    for page<T, SIZE>
    where
        T: 'static,
        T: Clone,
        T::Pool: ::hueless::__private::Dependency<C>,
        repo<T>: ::hueless::__private::Dependency<C>,
        C: ::hueless::__private::Extract<Query<T>>,
        C: ::hueless::__private::Context,
    {
        fn declare(__hueless_node: &mut ::hueless::__private::Declaration<'_, C>) {
            __hueless_node.depends::<T::Pool>();
            __hueless_node.depends::<repo<T>>();
            __hueless_node.extracts::<Query<T>>("Query<T>");
            __hueless_node
                .runs_plain::<
                    Self,
                    _,
                    _,
                    _,
                >(
                    |__hueless_inputs| page::<
                        T,
                        SIZE,
                    >(
                        __hueless_inputs.depends(),
                        __hueless_inputs.depends(),
                        __hueless_inputs.extracted(),
                    ),
                    ::hueless::__private::accepting,
                );
        }
    }
    impl<T: Backend, const SIZE: usize> page<T, SIZE>
    where
        T: 'static,
        T: Clone,
    {
        #[doc(hidden)]
        pub(crate) fn __hueless_meta() -> &'static ::hueless::__private::Meta {
            <Self as ::hueless::__private::Provider>::META
        }
        #[doc(hidden)]
        pub(crate) const fn __hueless_walk(
            __hueless_walk: &mut ::hueless::__private::Walk,
            __hueless_up: ::hueless::__private::core::option::Option<
                &::hueless::__private::Path<'_>,
            >,
        ) {
            let __hueless_step = const {
                &::hueless::__private::Step::new(
                    ::hueless::__private::core::module_path!(),
                    "page",
                    ::hueless::__private::core::line!(),
                    ::hueless::__private::core::column!(),
                    ::hueless::__private::LifetimeKind::Transient,
                    true,
                )
            };
            if __hueless_walk.enter(__hueless_step, __hueless_up) {
                let __hueless_path = ::hueless::__private::Path {
                    step: __hueless_step,
                    up: __hueless_up,
                };
                let _: ::hueless::__private::core::marker::PhantomData<Depends<repo<T>>>;
                <repo<
                    T,
                >>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(&__hueless_path),
                );
                __hueless_walk.reads("Query<T>", &__hueless_path);
            }
        }
    }
    impl<T: Backend, const SIZE: usize> page<T, SIZE>
    where
        T: 'static,
        T: Clone,
    {
        #[doc(hidden)]
        fn __hueless_check() {
            let _: ::hueless::__private::ReadFromTheContext = ::hueless::__private::Probe::<
                Query<T>,
            >::KIND;
            ::hueless::__private::assert_cpu::<::hueless::__private::CpuPool>();
        }
    }
};
