//! Polkadot's prepare worker as a program of its own.
//!
//! Polkadot's repository has the same few lines in `polkadot/src/bin/prepare-worker.rs`, in the `polkadot` package, which
//! can't be built without the whole node (1,360 crates instead of 418). What the worker does stands in the published
//! crates; this is only their `main`.

polkadot_node_core_pvf_common::decl_worker_main!(
    // The word that a host passes as the first argument.
    "prepare-worker",
    polkadot_node_core_pvf_prepare_worker::worker_entrypoint,
    // What `--version` prints. It comes from the crates themselves, so it can't claim another version than it has.
    polkadot_node_primitives::NODE_VERSION,
    // What `--full-version` appends: the commit of polkadot-sdk that the crates were published from, as their
    // `.cargo_vcs_info.json` has it. `polkadot` takes it from its git checkout, which there is none of here.
    "402e110f1c",
);
