using WorkflowStudio.Bench;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
return args switch
{
    ["load", .. var rest] => await LoadAsync(rest, stop.Token),
    ["seed", .. var rest] => await WithStoreAsync(rest, Seeding.RunAsync, stop.Token),
    ["pages", .. var rest] => await WithStoreAsync(rest, PageTimes.RunAsync, stop.Token),
    ["waits", .. var rest] => await WithStoreAsync(rest, WaitLoad.RunAsync, stop.Token),
    ["api", .. var rest] => await ApiAsync(rest, stop.Token),
    ["expressions"] => ExpressionRun.Run(),
    ["scripts"] => await ScriptTimes.RunAsync(stop.Token),
    ["checks"] => CheckRun.Run(),
    ["retention", .. var rest] => await WithStoreAsync(rest, RetentionLoad.RunAsync, stop.Token),
    _ => Usage(args is ["--help"] or ["-h"] ? 0 : 2),
};

static int Usage(int code)
{
    Console.Error.WriteLine(LoadOptions.Usage);
    Console.Error.WriteLine();
    Console.Error.WriteLine(StoreOptions.Usage);
    Console.Error.WriteLine(ApiOptions.Usage);
    return code;
}

static int Wrong(string problem)
{
    Console.Error.WriteLine(problem);
    return Usage(2);
}

static async Task<int> LoadAsync(string[] rest, CancellationToken stop)
{
    if (!LoadOptions.TryRead(rest, out var options, out var problem)) return Wrong(problem);
    await using var servers = await ServersUnderLoad.StartAsync(options, stop);
    var report = await new LoadRun(options, servers).RunAsync(stop);
    Console.WriteLine(report);
    return report.Lost == 0 ? 0 : 1;
}

static async Task<int> ApiAsync(string[] rest, CancellationToken stop)
{
    if (!ApiOptions.TryRead(rest, out var options, out var problem)) return Wrong(problem);
    await ApiTimes.RunAsync(options, stop);
    return 0;
}

static async Task<int> WithStoreAsync(string[] rest, Func<StoreOptions, CancellationToken, Task> work, CancellationToken stop)
{
    if (!StoreOptions.TryRead(rest, out var options, out var problem)) return Wrong(problem);
    await work(options, stop);
    return 0;
}
