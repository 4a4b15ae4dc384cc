//! The command line: one file per subcommand, one file per output format.
