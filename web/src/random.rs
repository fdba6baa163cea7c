//! Hash tables want a random seed. A page needs none: every text comes from the person who waits for it.

/// What `getrandom` calls where it is built for a page.
#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "`getrandom` asks for a symbol of this name")]
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(
    start: *mut u8,
    length: usize,
) -> Result<(), getrandom::Error> {
    // SAFETY: `getrandom` gives room for that many bytes.
    unsafe { core::ptr::write_bytes(start, 0x5a, length) };
    Ok(())
}
