using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// The world outside: a server of its own that writes down every call with its key, and never forgets. Steps call <c>/effect/{step}</c>; a
/// step named <c>flaky</c> fails at the first call of every second key, one named <c>slow</c> takes its time.
/// </summary>
internal sealed class EffectLedger : IAsyncDisposable
{
    private readonly List<LedgerCall> calls = [];
    private readonly WebApplication app;
    private int connections;

    private EffectLedger(WebApplication app) => this.app = app;

    /// <summary>The number of the server's life that calls belong to from now on.</summary>
    public int Life { get; set; }

    /// <summary>How far the server's clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>How long a slow call takes.</summary>
    public TimeSpan Slowness { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The host and port, as allowed hosts are written.</summary>
    public string Host =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Authority;

    /// <summary>What was called so far, in order.</summary>
    public IReadOnlyList<LedgerCall> Calls
    {
        get
        {
            lock (calls) return [.. calls];
        }
    }

    public static async Task<EffectLedger> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        EffectLedger ledger = null!;
        builder.WebHost.ConfigureKestrel(
            k => k.Listen(IPAddress.Loopback, 0, l => l.Use(next => connection => ledger.CountAsync(() => next(connection)))));
        var app = builder.Build();
        ledger = new EffectLedger(app);
        app.MapPost("/effect/{step}", ledger.TakeAsync);
        await app.StartAsync();
        return ledger;
    }

    /// <summary>
    /// Waits until everything that a dead server has sent is written down: connections come in their order, so those before a new one of
    /// our own have come, and each ends when all that it carried was read.
    /// </summary>
    public async Task DrainAsync()
    {
        using (var own = new System.Net.Sockets.TcpClient())
        {
            var before = Volatile.Read(ref connections);
            await own.ConnectAsync(IPEndPoint.Parse(Host));
            for (var i = 0; i < 100 && Volatile.Read(ref connections) <= before; i++) await Task.Delay(10);
        }

        for (var i = 0; i < 500 && Volatile.Read(ref connections) > 0; i++) await Task.Delay(10);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task CountAsync(Func<Task> serve)
    {
        Interlocked.Increment(ref connections);
        try
        {
            await serve();
        }
        finally
        {
            Interlocked.Decrement(ref connections);
        }
    }

    private async Task<IResult> TakeAsync(string step, HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        var key = request.Headers["Idempotency-Key"].ToString();
        LedgerCall call;
        lock (calls)
        {
            var fails = step == "flaky" && key.Length > 0 && key[31] % 2 == 0 && calls.All(c => c.Key != key);
            call = new LedgerCall(calls.Count, step, key, body, Life, TimeProvider.System.GetUtcNow() + Ahead, fails ? 503 : 200);
            calls.Add(call);
        }

        if (step == "slow") await Task.Delay(Slowness, request.HttpContext.RequestAborted);
        return Results.Json(new { seen = call.Order }, statusCode: call.Status);
    }
}

/// <summary>A call that arrived outside.</summary>
/// <param name="Order">Its place among all calls.</param>
/// <param name="Step">The step, as its address names it.</param>
/// <param name="Key">Its Idempotency-Key: the run and the step.</param>
/// <param name="Body">What it carried.</param>
/// <param name="Life">The server's life in which it arrived.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Status">What it was answered.</param>
internal sealed record LedgerCall(int Order, string Step, string Key, string Body, int Life, DateTimeOffset At, int Status)
{
    /// <summary>The run, from the key.</summary>
    public string Run => Key.Length >= 32 ? Key[..32] : "";

    /// <summary>The step and its iteration, from the key.</summary>
    public string Place => Key.Length > 33 ? Key[33..] : "";
}
