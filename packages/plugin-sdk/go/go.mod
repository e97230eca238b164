module paddock.dev/sdk-go

go 1.19
