# docker build -t clubrun .
# docker run -it -v clubrun:/data -p 127.0.0.1:8080:8080 clubrun

FROM golang:1.26-bookworm AS build
WORKDIR /src

# The modules change seldom: they have a layer of their own.
COPY go.mod go.sum ./
RUN go mod download

# One static binary, SQLite included. The image has no loader for shared
# libraries, no resolver of the system's and no user database, so none is
# linked; zone files are in the binary.
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=1 go build -trimpath -buildvcs=false -tags netgo,osusergo,sqlite_omit_load_extension \
    -ldflags "-s -w -linkmode external -extldflags -static -X main.version=${VERSION}" \
    -o /out/clubrun ./cmd/clubrun
RUN mkdir -p -m 0700 /out/data

FROM scratch
ARG VERSION=dev
LABEL org.opencontainers.image.title="Clubrun" \
      org.opencontainers.image.description="A WhatsApp bot that posts your running or cycling group's week" \
      org.opencontainers.image.licenses="GPL-3.0-or-later" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build /out/clubrun /clubrun
COPY LICENSE /LICENSE

# Everything that changes lies in /data, temporary files too.
ENV CLUBRUN_DATA=/data CLUBRUN_LISTEN=:8080 TMPDIR=/data
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 CMD ["/clubrun", "healthcheck"]
ENTRYPOINT ["/clubrun"]
CMD ["run"]
