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
            colour: ::hueless::__private::Colour::Cpu,
            kind: ::hueless::__private::Kind::Dependency,
            lifetime: ::hueless::__private::LifetimeKind::Transient,
            generic: true,
            limit: ::hueless::__private::core::option::Option::Some(::hueless::__private::Limit {
                values: 4u32,
                queue: ::hueless::__private::core::option::Option::Some(0u32),
            }),
            deps: &[
                <T::Pool as ::hueless::__private::Provider>::meta,
                <repo<T>>::__hueless_meta,
            ],
            reads: &["Query<T>"],
            ..::hueless::__private::Meta::new::<
                Self,
            >("page", ::hueless::__private::core::module_path!())
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
                .calls::<
                    Self,
                    (
                        ::hueless::__private::Resolved,
                        ::hueless::__private::Resolved,
                        ::hueless::__private::Read,
                    ),
                    _,
                    _,
                >(page::<T, SIZE>);
        }
    }
    impl<T: Backend, const SIZE: usize> page<T, SIZE>
    where
        T: 'static,
        T: Clone,
    {
        #[doc(hidden)]
        #[allow(dead_code)]
        pub(crate) const __HUELESS_MISTAKE: &'static ::hueless::__private::core::option::Option<
            ::hueless::__private::Message,
        > = &{
            let mut __hueless_walk = ::hueless::__private::Walk::at(
                <Self as ::hueless::__private::Provider>::META,
            );
            while let ::hueless::__private::core::option::Option::Some(__hueless_path) = &__hueless_walk
                .ask()
            {
                let _: ::hueless::__private::core::marker::PhantomData<Depends<repo<T>>>;
                <repo<
                    T,
                >>::__hueless_walk(
                    &mut __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(__hueless_path),
                );
            }
            __hueless_walk.mistake()
        };
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
            if let ::hueless::__private::core::option::Option::Some(__hueless_path) = &__hueless_walk
                .enter(<Self as ::hueless::__private::Provider>::META, __hueless_up)
            {
                let _: ::hueless::__private::core::marker::PhantomData<Depends<repo<T>>>;
                <repo<
                    T,
                >>::__hueless_walk(
                    __hueless_walk,
                    ::hueless::__private::core::option::Option::Some(__hueless_path),
                );
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
