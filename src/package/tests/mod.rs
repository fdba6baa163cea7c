mod compare;
mod read;
mod refused;
mod roundtrip;

/// The contract's example, byte for byte.
const EXAMPLE: &str = include_str!("../../../tests/cases/right/base.xml");

/// The manifest behind [`EXAMPLE`].
const MANIFEST: &str = include_str!("../../../tests/cases/right/base.ims.yaml");

/// A manifest as it is typed.
fn manifest(text: &str) -> crate::manifest::Manifest {
    let document = crate::yaml::parse(text).0.unwrap();
    crate::yaml::de::from_node(document.root().unwrap(), &|_| false).unwrap()
}
