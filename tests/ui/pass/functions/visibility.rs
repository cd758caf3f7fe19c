//! The type has the function's visibility.
#![deny(warnings)]

pub mod shop {
    use hueless::{Depends, dependency, handler};

    mod stock {
        #[hueless::dependency]
        pub(in crate::shop) fn shelves() -> u8 {
            1
        }
    }

    #[dependency]
    pub(self) fn private(shelves: Depends<stock::shelves>) -> u8 {
        *shelves
    }

    #[dependency]
    pub(super) fn parent() -> u8 {
        1
    }

    #[dependency]
    pub(crate) async fn inside(parent: Depends<parent>) -> u8 {
        *parent
    }

    #[dependency]
    pub struct Page {
        private: Depends<private>,
    }

    #[dependency]
    pub fn public() -> u8 {
        1
    }

    #[handler]
    pub fn read(page: Depends<Page>, public: Depends<public>) -> u8 {
        *page.private + *public
    }
}

#[hueless::handler]
fn both(inside: hueless::Depends<shop::inside>, parent: hueless::Depends<shop::parent>) -> u8 {
    *inside + *parent
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = hueless::App::new();
    assert_eq!(
        app.run(shop::read::handler, hueless::Call::new())
            .await
            .unwrap(),
        2
    );
    assert_eq!(
        app.run(both::handler, hueless::Call::new()).await.unwrap(),
        2
    );
}
