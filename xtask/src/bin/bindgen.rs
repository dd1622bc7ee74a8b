//! `bindgen MODULE FOLDER` writes the JavaScript glue of a WebAssembly module, and the module that it goes with.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        eprintln!("usage: bindgen MODULE FOLDER");
        return ExitCode::from(2);
    };
    match generate(Path::new(module), Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Glue for the web target with an explicit module: no `import.meta`, so that it bundles for CommonJS too; and with a
/// function that starts a fresh instance.
fn generate(module: &Path, folder: &Path) -> anyhow::Result<()> {
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .reset_state_function(true)
        .generate(folder)
        .with_context(|| format!("no glue for {}", module.display()))
}
