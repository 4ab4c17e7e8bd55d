# Two stages: the first sets up a virtual environment by the make targets that everybody uses, the second runs it.

FROM python:3.13-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
ENV VENV=/opt/metodcoach
COPY Makefile requirements.lock ./
RUN make deps
COPY . .
RUN make install-copy

FROM python:3.13-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /data metodcoach \
    && install --directory --owner=metodcoach --group=metodcoach --mode=0700 /data
COPY --from=build /opt/metodcoach /opt/metodcoach
ENV PATH=/opt/metodcoach/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    METODCOACH_DATABASE_URL=sqlite:////data/metodcoach.db
USER metodcoach
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 \
    CMD ["metodcoach", "doctor", "--quiet"]
CMD ["metodcoach", "chat"]
