using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Hosting;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations.Keys;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Limits;

public sealed class LimitTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 6, 1, 9, 0, 15, TimeSpan.Zero));

    [Fact]
    public void Allowance_IsForEachNameAndSpan()
    {
        var allowance = new Allowance<string>(2, TimeSpan.FromMinutes(1), clock);
        Assert.Equal([0, 0, 45, 45], Enumerable.Range(0, 4).Select(_ => allowance.SecondsToWait("a")));
        Assert.Equal(0, allowance.SecondsToWait("b"));
        clock.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal([0, 0, 60], Enumerable.Range(0, 3).Select(_ => allowance.SecondsToWait("a")));
    }

    [Fact]
    public async Task Allowance_OfManyAtOnce_IsNotExceeded()
    {
        var allowance = new Allowance<int>(100, TimeSpan.FromMinutes(1), clock);
        allowance.SecondsToWait(2); // the span has begun
        var let = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 50).Count(_ => allowance.SecondsToWait(1) == 0))));
        Assert.Equal(100, let.Sum());
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7", "203.0.113.7")]
    public void Place_OfAnAddress_IsWhatOnePartyHas(string address, string place) =>
        Assert.Equal(IPAddress.Parse(place), RequestLimits.PlaceOf(IPAddress.Parse(address)));

    [Fact]
    public void Streams_AreBoundedInAllAndForOne()
    {
        var streams = new OpenStreams(new StudioLimits { Streams = 8 });
        var owners = Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, new byte[8])).ToList();
        var places = owners.Take(4)
            .SelectMany(o => Enumerable.Range(0, 2).Select(_ => streams.TryOpen(o, out var place) ? place : null)).ToList();
        Assert.DoesNotContain(null, places);
        Assert.False(streams.TryOpen(owners[4], out _));
        places[0]!.Dispose();
        places[0]!.Dispose(); // gives one place back, once
        Assert.False(streams.TryOpen(owners[1], out _)); // has its quarter
        Assert.True(streams.TryOpen(owners[4], out _));
        Assert.False(streams.TryOpen(owners[4], out _));
    }

    [Fact]
    public void Limits_AreReadOrRefused()
    {
        Assert.True(Read(("STUDIO_LIMIT_WEBHOOK", "50"), out var limits, out _));
        Assert.Equal(new StudioLimits { Webhook = 50 }, limits);
        Assert.All(StudioLimits.Variables, name => Assert.False(Read((name, "0"), out _, out _)));
        Assert.Empty(StudioArguments.Misspelled(StudioLimits.Variables));
        foreach (var wrong in new[] { "0", "-1", "many" })
        {
            Assert.False(Read(("STUDIO_LIMIT_KEY", wrong), out _, out var problem));
            Assert.Equal($"STUDIO_LIMIT_KEY is \"{wrong}\"; give a whole number from 1, for example 5000.", problem);
        }
    }

    [Fact]
    public async Task KeyAndWebhook_ThatSendTooMuch_AreToldWhenToComeAgain()
    {
        await using var studio = new StudioApp
        {
            Change = s => s.AddSingleton(new RequestLimits(new StudioLimits { Key = 2, Webhook = 1 }, clock)),
            Settings = { ["STUDIO_LIMIT_CONNECTIONS"] = "64", ["STUDIO_LIMIT_STREAMS"] = "4" },
        };
        const string tooMany = """{"status":"error","code":"rate_limited","message":"More requests came in a second than are taken. Send it again after the seconds in the header Retry-After.","errors":[]}""";
        var (practice, other) = (await studio.GraphPracticeAsync(), await studio.GraphPracticeAsync());
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small())).Text("id");
        Assert.Equal(200, (await practice.GetAsync("/api/v1/workflows")).Status);
        var refused = await practice.GetAsync("/api/v1/workflows");
        Assert.Equal((429, tooMany, "1"), (refused.Status, refused.Body, refused.Headers.RetryAfter!.ToString()));
        Assert.Equal(200, (await other.GetAsync("/api/v1/workflows")).Status);

        Assert.Equal(202, (await practice.PostAsync($"/api/v1/webhooks/{id}", "{}")).Status);
        refused = await practice.PostAsync($"/api/v1/webhooks/{id}", "{}", "k1");
        Assert.Equal((429, tooMany, "1"), (refused.Status, refused.Body, refused.Headers.RetryAfter!.ToString()));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(202, (await practice.PostAsync($"/api/v1/webhooks/{id}", "{}", "k1")).Status); // the refusal was not kept for its key

        var limits = studio.Get<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal((64L, 32L), (limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections));
    }

    [Fact]
    public async Task Sender_WhoPostsTooMuchFromOneAddress_IsToldWhenToComeAgain()
    {
        await using var studio = new StudioApp
        { Change = s => s.AddSingleton(new RequestLimits(new StudioLimits { Sender = 2 }, clock)) };
        var practice = await studio.GraphPracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small())).Text("id");

        Assert.Equal(404, (await practice.PostAsync("/api/v1/webhooks/wf_0190aaaabbbb7ccc8dddeeeeffff0001", "{}")).Status); // counts, too
        Assert.Equal(202, (await practice.PostAsync($"/api/v1/webhooks/{id}", "{}")).Status);
        var refused = await practice.PostAsync($"/api/v1/webhooks/{id}", "{}");
        Assert.Equal((429, "rate_limited", "1"), (refused.Status, refused.Text("code"), refused.Headers.RetryAfter!.ToString()));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(202, (await practice.PostAsync($"/api/v1/webhooks/{id}", "{}")).Status);
    }

    [Fact]
    public async Task Streams_BeyondTheLimit_AreRefused()
    {
        await using var studio = new StudioApp { Settings = { ["STUDIO_LIMIT_STREAMS"] = "4" } };
        var practice = await studio.PracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small())).Text("id");
        var run = (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", "{}")).Text("execution_id");
        var owner = (await studio.Get<KeyRing>().AuthenticateAsync(practice.Key, null, default))!.KeyId!.Value;
        Assert.True(studio.Get<OpenStreams>().TryOpen(owner, out var place));
        var refused = await practice.GetAsync($"/api/v1/executions/{run}/events");
        Assert.Equal(
            (429, """{"status":"error","code":"rate_limited","message":"As many runs are followed as may be at once. Close a stream, or ask for the status instead.","errors":[]}""", "15"),
            (refused.Status, refused.Body, refused.Headers.RetryAfter!.ToString()));
        place.Dispose();
        // each gives its place back
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await practice.GetAsync($"/api/v1/executions/{run}/events")).Status);
    }

    [Fact]
    public async Task SignIn_TriedTooOften_IsToldToWait()
    {
        await using var studio = new StudioApp { Change = s => s.AddSingleton(new RequestLimits(new StudioLimits(), clock)) };
        var (client, email) = await SignedIn.PersonAsync(studio);
        for (var i = 0; i < 10; i++) await SignedIn.TryAsync(client, $"{i}@example.test", "wrong wrong", "/"); // whichever account
        foreach (var (page, address) in new[] { ("/sign-in", "/account/sign-in"), ("/setup", "/account/setup") })
        {
            var refused = await Reply.OfAsync(
                await SignedIn.SendAsync(client, page, address, new("email", email), new("password", SignedIn.Password)));
            Assert.Equal((429, "45"), (refused.Status, refused.Headers.RetryAfter!.ToString()));
            Assert.Contains("There were too many tries to sign in from your address. Wait 45 seconds, then try again.", refused.Body,
                StringComparison.Ordinal);
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/", await SignedIn.TryAsync(client, email, SignedIn.Password, "/"));
    }

    private static bool Read((string Name, string Value) setting, out StudioLimits? limits, out string? problem) =>
        StudioLimits.TryRead(
            new ConfigurationBuilder().AddInMemoryCollection([new(setting.Name, setting.Value)]).Build(), out limits, out problem);
}
