//! `campaign-ims` for a page: one call takes a request and gives an answer, both JSON. Nothing is kept from one call to the next.

mod answer;
mod request;

pub use answer::answer;

/// What the page calls: raw memory in, raw memory out.
#[cfg(target_arch = "wasm32")]
#[expect(
    unsafe_code,
    reason = "a page and a module share raw memory and nothing else"
)]
mod exports {
    use std::{ptr, slice};

    /// Makes room for a request of that many bytes.
    #[unsafe(no_mangle)]
    pub extern "C" fn alloc(length: usize) -> *mut u8 {
        Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
    }

    /// Gives room back.
    ///
    /// # Safety
    /// The room must be one of `alloc` or `call`, with its own length, and not be given back twice.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn free(start: *mut u8, length: usize) {
        // SAFETY: the caller says that this is a boxed slice of that length.
        drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(start, length)) });
    }

    /// Takes a request, whose room stays the caller's, and gives an answer: its length in the upper 32 bits, its place in the lower
    /// ones.
    ///
    /// # Safety
    /// The room must be one of `alloc`, with its own length.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn call(start: *const u8, length: usize) -> u64 {
        campaign_ims::set_idna(super::imports::to_ascii);
        // SAFETY: the caller says that this is a slice of that length, and nothing writes to it meanwhile.
        let request = unsafe { slice::from_raw_parts(start, length) };
        let answer = super::answer(request).into_bytes().into_boxed_slice();
        let length = answer.len() as u64;
        let start = Box::into_raw(answer).cast::<u8>() as usize as u64;
        length << 32 | start
    }
}

/// What the module asks of the page.
#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "a page and a module share raw memory")]
mod imports {
    #[link(wasm_import_module = "page")]
    unsafe extern "C" {
        /// Writes the ASCII form of a host's name into the room, and gives its length; -1 where there is none, or no room for it.
        fn host_to_ascii(start: *const u8, length: usize, room: *mut u8, size: usize) -> i32;
    }

    /// The ASCII form of a host's name, as the browser has it.
    pub fn to_ascii(host: &str) -> Option<String> {
        let mut room = vec![0; 8 * host.len() + 64];
        // SAFETY: the page reads the name, and writes no more than the room holds.
        let length =
            unsafe { host_to_ascii(host.as_ptr(), host.len(), room.as_mut_ptr(), room.len()) };
        room.truncate(usize::try_from(length).ok()?);
        String::from_utf8(room).ok()
    }
}
