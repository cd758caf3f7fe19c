//! `security` lets in who may come in, and tells the others what is missing.

mod printed;

use expect_test::expect;

use self::printed::{example, printed};

#[test]
fn who_is_not_let_in_is_told_why() {
    expect![[r#"
        GET  /me                     nothing           401 Bearer realm="books"
        GET  /me                     a wrong token     401 Bearer realm="books", error="invalid_token"
        GET  /me                     a password        401 Bearer realm="books"
        GET  /me                     Ada's token       200 ada
        GET  /books                  nothing           401 Bearer realm="books"
        GET  /books                  Grace's token     200 Sketch of the Analytical Engine
        POST /books                  nothing           401 Bearer realm="books"
        POST /books                  Grace's token     403 Bearer realm="books", error="insufficient_scope", scope="write"
        POST /books                  Ada's token       200 Notes, by ada
        GET  /report                 nothing           401 Basic realm="books", charset="UTF-8"
        GET  /report                 a wrong password  401 Basic realm="books", charset="UTF-8"
        GET  /report                 an unknown name   401 Basic realm="books", charset="UTF-8"
        GET  /report                 a password        200 for ada only
        GET  /feed                   nothing           401 ApiKey realm="books"
        GET  /feed                   a wrong key       401 ApiKey realm="books"
        GET  /feed                   a key in a header 200 news for ada
        GET  /feed                   a key in a cookie 200 news for grace
        GET  /feed?key=key-of-grace  nothing           200 news for grace
        GET  /feed?key=key-of-grace  a key of no text  401 ApiKey realm="books"
        GET  /admin/usage            nothing           401 Bearer realm="books"
        GET  /admin/usage            Grace's token     403 Bearer realm="books", error="insufficient_scope", scope="admin"
        GET  /admin/usage            Ada's token       200 much is read
    "#]].assert_eq(&printed(&mut example("security")));
}
