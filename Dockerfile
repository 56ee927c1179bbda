# The gpumargin command on the CPU, for a folder mounted at /work. IMAGES is where the .NET images sdk and runtime are:
#   docker build --build-arg IMAGES=REGISTRY/dotnet -t gpumargin .
#   docker run --rm --user "$(id -u)" -v "$PWD":/work gpumargin run samples/dow30
ARG IMAGES
FROM ${IMAGES}/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/GpuMargin.Cli -c Release -p:UseIlgpu=false -o /app

FROM ${IMAGES}/runtime:10.0-alpine
COPY --from=build /app /app
WORKDIR /work
USER $APP_UID
ENTRYPOINT ["dotnet", "/app/gpumargin.dll"]
