//! What is printed when the server is ready.

use std::net::SocketAddr;

use hueless::Graph;

use crate::bookmarks::check;
use crate::database::ADAS_TOKEN;

/// Says where the server listens and what to try.
pub(crate) fn print(address: SocketAddr) {
    let server = format!("http://{address}");
    let token = format!("-H 'authorization: Bearer {ADAS_TOKEN}'");
    let draft = format!(r#"--json '{{"title": "This server", "url": "{server}/health"}}'"#);
    let graph = Graph::of::<check>();

    println!(
        "\
Listening on {server}

Try, in another terminal:

  curl {server}/health
  curl {token} {server}/bookmarks {draft}
  curl {token} {server}/bookmarks
  curl {token} '{server}/bookmarks/search?words=server&limit=5'
  curl {token} -X POST {server}/bookmarks/1/check
  curl {token} -X DELETE {server}/bookmarks/1

What a request to check a bookmark resolves, each once:

{graph}
Ctrl-C stops it."
    );
}
