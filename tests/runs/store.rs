//! The store keeps finished runs whatever happens to the process, is shared by
//! processes, and refuses what it did not make.

use copyavg::experiment::series::Series;
use copyavg::experiment::store::{Store, StoreError};
use copyavg::experiment::training::{Class, NamedNeuron, NeuronName, Run, Setup, SetupError, Stopped};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// A run with recognisable numbers. The store does not look into it.
fn made(setup: &Setup) -> Run {
    let (n, d) = (setup.neurons, setup.dimension);
    Run {
        setup: setup.clone(),
        loss: 0.1 + 0.2,
        initial_loss: 5e-324,
        gradient_norm: 1.0 / 3.0,
        steps: setup.seed,
        gradient_evaluations: u64::MAX,
        hessian_products: 0,
        flow_time: 1e9,
        newton_steps: 3,
        newton_moved: 0.0,
        least_eigenvalue: None,
        stopped: Stopped::Converged,
        class: Class::PerturbedCopies,
        margin: 2.5,
        neurons: vec![
            NamedNeuron {
                name: NeuronName::ApproximateCopy,
                teachers: vec![0],
                sign: -1,
                outgoing: 1.5,
                norm: 0.7,
                distance: 1e-3,
                margin: 2.5,
            };
            n
        ],
        outgoing: vec![-0.0; n],
        weights: vec![0.1; n * d],
        certified: None,
        uncertified: Some("nobody tried".to_string()),
        bug: None,
    }
}

fn setups(seeds: std::ops::Range<u64>) -> Vec<Setup> {
    seeds.map(|seed| Setup::new(5, 3, seed)).collect()
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("runs.db");
    (folder, path)
}

#[test]
fn runs_come_back_with_the_same_bits() {
    let (_folder, path) = folder();
    let (first, second) = (Setup::new(5, 3, 7), Setup::new(5, 3, 8));
    let store = Store::open(&path).unwrap();
    assert_eq!(store.find(&first).unwrap(), None);
    store.keep(&made(&first)).unwrap();
    drop(store);
    let store = Store::open(&path).unwrap();
    let back = store.find(&first).unwrap().unwrap();
    assert_eq!(back, made(&first));
    assert!(back.outgoing[0].is_sign_negative());
    assert!(store.has(&first).unwrap() && !store.has(&second).unwrap());
    assert_eq!(store.find(&second).unwrap(), None);
    // What is there stays.
    let mut other = made(&first);
    other.loss = 9.0;
    store.keep(&other).unwrap();
    assert_eq!(store.find(&first).unwrap().unwrap().loss, 0.1 + 0.2);
    assert_eq!(store.count().unwrap(), 1);
}

#[test]
fn any_difference_in_the_setup_is_another_run() {
    let (_folder, path) = folder();
    let store = Store::open(&path).unwrap();
    let setup = Setup::new(5, 3, 7);
    store.keep(&made(&setup)).unwrap();
    let mut tighter = setup.clone();
    tighter.tolerances.relative /= 2.0;
    let mut wider = setup.clone();
    wider.dimension += 1;
    for other in [tighter, wider, Setup::new(5, 2, 7), Setup::new(6, 3, 7)] {
        assert_eq!(store.find(&other).unwrap(), None);
    }
}

/// A series with a trainer that counts.
fn series(setups: &[Setup], store: Option<&Store>, trained: &AtomicU32) -> Vec<Option<Run>> {
    let train = |setup: &Setup| -> Result<Run, SetupError> {
        trained.fetch_add(1, Ordering::Relaxed);
        Ok(made(setup))
    };
    let series = Series::new(setups, store).unwrap();
    series.run(&train, &AtomicBool::new(false), &|_| {}).unwrap()
}

#[test]
fn a_series_takes_what_is_there_and_keeps_the_order() {
    let (_folder, path) = folder();
    let store = Store::open(&path).unwrap();
    let trained = AtomicU32::new(0);
    series(&setups(3..6), Some(&store), &trained);
    assert_eq!(trained.load(Ordering::Relaxed), 3);
    let all = series(&setups(0..10), Some(&store), &trained);
    assert_eq!(trained.load(Ordering::Relaxed), 10);
    let seeds: Vec<u64> = all.iter().map(|run| run.as_ref().unwrap().setup.seed).collect();
    assert_eq!(seeds, (0..10).collect::<Vec<_>>());
    assert_eq!(Series::new(&setups(0..11), Some(&store)).unwrap().missing(), 1);
    // Without a store it is the same.
    assert_eq!(series(&setups(0..10), None, &trained), all);
}

#[test]
fn an_interrupted_series_keeps_what_was_finished() {
    let (_folder, path) = folder();
    let store = Store::open(&path).unwrap();
    let (stop, trained) = (AtomicBool::new(false), AtomicU32::new(0));
    let train = |setup: &Setup| -> Result<Run, SetupError> {
        if trained.fetch_add(1, Ordering::SeqCst) == 4 {
            stop.store(true, Ordering::SeqCst);
        }
        let mut run = made(setup);
        if stop.load(Ordering::SeqCst) {
            run.stopped = Stopped::Interrupted;
        }
        Ok(run)
    };
    let asked = setups(0..1000);
    let runs = Series::new(&asked, Some(&store)).unwrap();
    let runs = runs.run(&train, &stop, &|_| {}).unwrap();
    let finished = runs.iter().flatten().count();
    assert!((1..100).contains(&finished), "{finished}");
    assert_eq!(store.count().unwrap(), u64::try_from(finished).unwrap());
    assert!(runs.iter().flatten().all(|run| run.stopped.is_finished()));
}

#[test]
fn a_run_that_cannot_begin_ends_the_series() {
    let wrong = [Setup::new(3, 2, 0), Setup::new(3, 4, 0)];
    let said = Series::new(&wrong, None).unwrap_err().to_string();
    assert!(said.contains("4 neurons are more than the 3 teachers"), "{said}");
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let in_folder = |name: &str| folder.path().join(name);
    std::fs::write(in_folder("text"), "a,w1\n".repeat(1000)).unwrap();
    let other = Connection::open(in_folder("other")).unwrap();
    other.execute_batch("CREATE TABLE precious (x)").unwrap();
    drop(other);
    let newer = Store::open(&in_folder("newer")).unwrap();
    drop(newer);
    let connection = Connection::open(in_folder("newer")).unwrap();
    connection.pragma_update(None, "user_version", 2).unwrap();
    drop(connection);
    for (name, said) in [
        ("text", "not a store of copyavg"),
        ("other", "not a store of copyavg"),
        ("newer", "version 2"),
    ] {
        let before = std::fs::read(in_folder(name)).unwrap();
        let error = Store::open(&in_folder(name)).unwrap_err().to_string();
        assert!(error.contains(said) && error.contains(name), "{error}");
        assert_eq!(error.lines().count(), 1);
        assert_eq!(std::fs::read(in_folder(name)).unwrap(), before, "{name}");
    }
    for path in [folder.path().to_path_buf(), in_folder("no/such/folder")] {
        assert!(
            matches!(Store::open(&path), Err(StoreError::Open { .. })),
            "{path:?}"
        );
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    // An empty file is as good as none.
    std::fs::write(in_folder("empty"), "").unwrap();
    assert_eq!(Store::open(&in_folder("empty")).unwrap().count().unwrap(), 0);
}

#[test]
fn damage_is_seen() {
    let (_folder, path) = folder();
    let (first, second) = (Setup::new(5, 3, 7), Setup::new(5, 3, 8));
    Store::open(&path).unwrap().keep(&made(&first)).unwrap();
    let change = |sql: &str, text: &str| {
        Connection::open(&path).unwrap().execute(sql, [text]).unwrap();
    };
    change("UPDATE runs SET setup = ?1", &second.canonical());
    let store = Store::open(&path).unwrap();
    assert!(matches!(store.find(&second), Err(StoreError::Damaged { .. })));
    drop(store);
    change("UPDATE runs SET run = ?1", "{\"loss\": 0.1}");
    let said = Store::open(&path).unwrap().find(&second).unwrap_err().to_string();
    assert!(said.contains("damaged"), "{said}");
    // Pages overwritten in the middle.
    let store = Store::open(&path).unwrap();
    for setup in setups(0..200) {
        store.keep(&made(&setup)).unwrap();
    }
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    for byte in bytes.iter_mut().skip(8192) {
        *byte = 0x5a;
    }
    std::fs::write(&path, bytes).unwrap();
    let spoilt = Store::open(&path)
        .and_then(|store| setups(0..200).iter().try_for_each(|s| store.find(s).map(|_| ())));
    assert!(spoilt.unwrap_err().to_string().lines().count() == 1);
}

/// What a child does: a series of slow runs. Not a test of its own.
#[test]
#[ignore = "a part of other tests, in a process of its own"]
fn child() {
    let Ok(path) = std::env::var("COPYAVG_TEST_STORE") else {
        return;
    };
    let store = Store::open(Path::new(&path)).unwrap();
    let train = |setup: &Setup| -> Result<Run, SetupError> {
        std::thread::sleep(Duration::from_millis(10));
        println!("trained {}", setup.seed);
        Ok(made(setup))
    };
    let asked = setups(0..120);
    let series = Series::new(&asked, Some(&store)).unwrap();
    let runs = series.run(&train, &AtomicBool::new(false), &|run| {
        println!("kept {}", run.setup.seed)
    });
    assert!(runs.unwrap().iter().all(Option::is_some));
}

fn start(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::child", "--ignored", "--nocapture"])
        .env("COPYAVG_TEST_STORE", path)
        .env("RAYON_NUM_THREADS", "2")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Seeds that a child names after a word, whatever its harness prints around.
fn told(output: &[u8], word: &str) -> Vec<u64> {
    let text = String::from_utf8_lossy(output).into_owned();
    let before = format!("{word} ");
    let after = text.split(&before).skip(1);
    after
        .filter_map(|rest| rest.split_whitespace().next()?.parse().ok())
        .collect()
}

#[test]
fn a_killed_process_loses_only_runs_in_flight() {
    let (_folder, path) = folder();
    let mut child = start(&path);
    // Long enough for some runs, far too short for all.
    loop {
        std::thread::sleep(Duration::from_millis(20));
        let made = path
            .exists()
            .then(|| Store::open(&path).ok()?.count().ok())
            .flatten();
        if made.is_some_and(|count| count >= 10) {
            break;
        }
    }
    // SIGKILL on Unix.
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success());
    let kept = told(&output.stdout, "kept");
    let store = Store::open(&path).unwrap();
    let count = store.count().unwrap();
    assert!((10..120).contains(&count), "{count}");
    for seed in &kept {
        assert!(store.has(&Setup::new(5, 3, *seed)).unwrap(), "{seed} is lost");
    }
    // The same again goes on, and makes only what is missing.
    let output = start(&path).wait_with_output().unwrap();
    assert!(output.status.success());
    let trained = told(&output.stdout, "trained").len();
    assert_eq!(u64::try_from(trained).unwrap() + count, 120);
    assert_eq!(store.count().unwrap(), 120);
}

#[test]
fn two_processes_share_the_work() {
    let (_folder, path) = folder();
    let children = [start(&path), start(&path)];
    let mut trained = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        trained.push(told(&output.stdout, "trained").len());
    }
    let store = Store::open(&path).unwrap();
    assert_eq!(store.count().unwrap(), 120);
    for setup in setups(0..120) {
        assert_eq!(store.find(&setup).unwrap().unwrap(), made(&setup));
    }
    // Each of four threads may now and then be at a run that another one begins at
    // the same moment; without looking, all 240 would be made.
    let total: usize = trained.iter().sum();
    assert!((120..180).contains(&total), "{trained:?}");
    let integrity: String = Connection::open(&path)
        .unwrap()
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(integrity, "ok");
}
