# The program alone: a static binary, no shell, no other user than an unprivileged one.
#   docker build -t campaign-ims .
#   docker run --rm -v "$PWD:/work:ro" campaign-ims check
ARG RUST_VERSION=1.95

# Static, as the releases are, on each architecture that this is built on.
FROM rust:${RUST_VERSION}-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN target="$(rustc --print host-tuple)" \
    && flags="$(bash scripts/release-flags.sh "$target")" \
    && RUSTFLAGS="$flags" cargo build --release --locked --target "$target" \
    && mkdir /out \
    && cp "target/$target/release/campaign-ims" /out/

# With a shell and git, for GitLab's `image:` and for `--since`:
#   docker build --target shell -t campaign-ims:shell .
FROM alpine:3.22 AS shell
# hadolint ignore=DL3018
RUN apk add --no-cache git
COPY --from=build /out/campaign-ims /usr/local/bin/campaign-ims
USER 65532:65532
WORKDIR /work

FROM scratch
LABEL org.opencontainers.image.title="campaign-ims" \
      org.opencontainers.image.description="Checks the Adobe IMS sign-in set-up of Adobe Campaign, kept as YAML" \
      org.opencontainers.image.source="https://github.com/campaign-ims/campaign-ims" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /out/campaign-ims /campaign-ims
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/campaign-ims"]
CMD ["--help"]
