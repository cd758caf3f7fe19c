#[allow(clippy::needless_pass_by_value)]
fn r#type() -> u8 {
    1
}
/// Names the dependency `type` in `Depends<type>`.
#[allow(non_camel_case_types)]
struct r#type {}
#[doc(hidden)]
const _: () = {
    impl crate::reexport::__private::Provider for r#type {
        type Output = u8;
        type Lifetime = crate::reexport::__private::RequestScoped;
        const META: &'static crate::reexport::__private::Meta = &crate::reexport::__private::Meta {
            colour: crate::reexport::__private::Colour::Plain,
            kind: crate::reexport::__private::Kind::Dependency,
            ..crate::reexport::__private::Meta::new::<
                Self,
            >("type", crate::reexport::__private::core::module_path!())
        };
    }
    impl<C> crate::reexport::__private::Dependency<C> for r#type
    where
        C: crate::reexport::__private::Context,
    {
        fn declare(__hueless_node: &mut crate::reexport::__private::Declaration<'_, C>) {
            __hueless_node.calls::<Self, (), _, _>(r#type);
        }
    }
    impl r#type {
        #[doc(hidden)]
        fn __hueless_meta() -> &'static crate::reexport::__private::Meta {
            <Self as crate::reexport::__private::Provider>::META
        }
        #[doc(hidden)]
        const fn __hueless_walk(
            __hueless_walk: &mut crate::reexport::__private::Walk,
            __hueless_up: crate::reexport::__private::core::option::Option<
                &crate::reexport::__private::Path<'_>,
            >,
        ) {
            __hueless_walk
                .enter(
                    <Self as crate::reexport::__private::Provider>::META,
                    __hueless_up,
                );
        }
    }
    let _ = <r#type>::__hueless_meta;
};
