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
            name: "type",
            type_name: crate::reexport::__private::core::any::type_name::<Self>,
            id: crate::reexport::__private::core::any::TypeId::of::<Self>,
            place: crate::reexport::__private::Place {
                module: crate::reexport::__private::core::module_path!(),
                file: crate::reexport::__private::core::file!(),
                line: crate::reexport::__private::core::line!(),
                column: crate::reexport::__private::core::column!(),
            },
            colour: crate::reexport::__private::Colour::Plain,
            lifetime: crate::reexport::__private::LifetimeKind::RequestScoped,
            kind: crate::reexport::__private::Kind::Dependency,
            fallible: false,
            timeout: crate::reexport::__private::core::option::Option::None,
            teardown: false,
            after_response: false,
            limit: crate::reexport::__private::core::option::Option::None,
            seat: false,
            deps: &[],
            requires: &[],
            after: &[],
            reads: &[],
        };
    }
    impl<C> crate::reexport::__private::Dependency<C> for r#type
    where
        C: crate::reexport::__private::Context,
    {
        fn declare(__hueless_node: &mut crate::reexport::__private::Declaration<'_, C>) {
            __hueless_node
                .runs_plain::<
                    Self,
                    _,
                    _,
                    _,
                >(|_| r#type(), crate::reexport::__private::accepting);
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
            let __hueless_step = const {
                &crate::reexport::__private::Step::new(
                    crate::reexport::__private::core::module_path!(),
                    "type",
                    crate::reexport::__private::core::line!(),
                    crate::reexport::__private::core::column!(),
                    crate::reexport::__private::LifetimeKind::RequestScoped,
                    false,
                )
            };
            let _ = __hueless_walk.enter(__hueless_step, __hueless_up);
        }
    }
    const _: () = {
        let mut __hueless_walk = crate::reexport::__private::Walk::cycles();
        <r#type>::__hueless_walk(
            &mut __hueless_walk,
            crate::reexport::__private::core::option::Option::None,
        );
        if let crate::reexport::__private::core::option::Option::Some(
            __hueless_message,
        ) = __hueless_walk.message()
        {
            crate::reexport::__private::core::panic!("{}", __hueless_message)
        }
    };
    const _: () = {
        let mut __hueless_walk = crate::reexport::__private::Walk::lifetimes();
        <r#type>::__hueless_walk(
            &mut __hueless_walk,
            crate::reexport::__private::core::option::Option::None,
        );
        if let crate::reexport::__private::core::option::Option::Some(
            __hueless_message,
        ) = __hueless_walk.message()
        {
            crate::reexport::__private::core::panic!("{}", __hueless_message)
        }
    };
};
