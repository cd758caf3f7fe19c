//! image: what computes for long is `cpu`.
//!
//! To decode and to resize keeps a core busy for as long as it takes. More of them at once than there
//! are cores only makes each slower, so they run on a work-stealing pool, and not on a thread each.
//! An async function takes what they made like anything else.
//!
//! ```text
//! cargo run --example with-image
//! ```

use std::io::Cursor;
use std::sync::Arc;

use hueless::{App, BoxError, Call, Depends, Input, dependency, handler};
use image::imageops::FilterType;
use image::{DynamicImage, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

/// In bytes, how large a picture may be once it is decoded: a few bytes may say that they are one as
/// large as a house.
const LARGEST: u64 = 64 * 1024 * 1024;

#[dependency(cpu)]
fn picture(Input(file): Input<Arc<[u8]>>) -> Result<DynamicImage, ImageError> {
    println!("  decode {}", place());
    let mut reader = ImageReader::with_format(Cursor::new(&*file), ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_alloc = Some(LARGEST);
    reader.limits(limits);
    reader.decode()
}

#[handler(cpu)]
fn thumbnail(picture: Depends<picture>, Input(edge): Input<u32>) -> Result<Vec<u8>, ImageError> {
    println!("  resize {}", place());
    let mut file = Vec::new();
    picture
        .resize(edge, edge, FilterType::Lanczos3)
        .write_to(&mut Cursor::new(&mut file), ImageFormat::Png)?;
    Ok(file)
}

#[handler]
async fn measure(picture: Depends<picture>) -> String {
    println!("  measure {}", place());
    format!("{} x {}", picture.width(), picture.height())
}

/// Whether this runs on the pool.
fn place() -> &'static str {
    match rayon::current_thread_index() {
        Some(_) => "on the pool",
        None => "elsewhere",
    }
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let app = App::new();
    let file = png(640, 480)?;

    println!("thumbnail");
    let call = Call::new().with(Arc::clone(&file)).with(64_u32);
    let small = app.run(thumbnail::handler, call).await??;

    println!("measure the picture");
    println!(
        "  {}",
        app.run(measure::handler, Call::new().with(file)).await?
    );
    println!("measure the thumbnail");
    let call = Call::new().with(Arc::<[u8]>::from(small));
    println!("  {}", app.run(measure::handler, call).await?);

    println!("measure a file that is not a picture");
    let call = Call::new().with(Arc::<[u8]>::from(*b"GIF89a"));
    match app.run(measure::handler, call).await {
        Ok(size) => println!("  {size}"),
        Err(error) => println!("  error: {error}"),
    }
    Ok(())
}

/// A picture, as somebody might send it.
fn png(width: u32, height: u32) -> Result<Arc<[u8]>, ImageError> {
    let mut file = Cursor::new(Vec::new());
    RgbImage::new(width, height).write_to(&mut file, ImageFormat::Png)?;
    Ok(file.into_inner().into())
}
