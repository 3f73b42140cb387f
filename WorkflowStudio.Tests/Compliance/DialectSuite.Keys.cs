using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Keys;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Compliance;

// who may come in
public abstract partial class DialectSuite
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer sk_live_nonsense")]
    [InlineData("Bearer sk_test_0000000000000000000000000000000000000000000")]
    [InlineData("Basic c2tfdGVzdDp4")]
    public async Task Request_WithoutAValidKey_IsRefusedBeforeItsBodyIsRead(string? authorization)
    {
        using var client = Client();
        foreach (var address in Addresses)
        {
            using var request = new HttpRequestMessage(new HttpMethod(address.Method), UnknownPath(address));
            if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
            if (address.Method == "POST") request.Content = new ByteArrayContent(new byte[2 * 1024 * 1024]); // would be 413
            var reply = await Reply.OfAsync(await client.SendAsync(request));
            Refused(reply, 401, "unauthorized");
            Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task Request_WithARevokedKey_IsRefusedAtOnce()
    {
        var practice = await PracticeAsync();
        Assert.Equal(200, (await practice.GetAsync(Prefix + Addresses[1].Path)).Status);
        await App.Get<RevokeKey>().RunAsync(practice.Owner, (await App.Get<ListKeys>().RunAsync(practice.Owner)).Value![0].Id);
        foreach (var address in Addresses) Refused(await AskAsync(practice, address, UnknownPath(address)), 401, "unauthorized");
    }

    [Fact]
    public async Task Request_WithEveryScopeButTheOneItNeeds_IsToldWhich()
    {
        foreach (var scopes in Addresses.GroupBy(a => a.Scope))
        {
            var practice = await PracticeAsync([.. Scopes.All.Except([scopes.Key])]);
            foreach (var address in scopes)
            {
                // before its body is read, and before anything is looked up
                var problem = Refused(await AskAsync(practice, address with { Body = "{" }, UnknownPath(address)), 403, "forbidden");
                Assert.Contains(scopes.Key, problem.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Request_WithNoOtherScopeThanTheOneItNeeds_MayBeMade()
    {
        foreach (var scopes in Addresses.GroupBy(a => a.Scope))
        {
            var practice = await PracticeAsync(scopes.Key);
            var whole = Practice(practice.Owner, await App.KeyAsync(practice.Owner, StudioEnvironment.Test));
            foreach (var address in scopes)
            {
                var reply = await AskAsync(practice, address, (await PathsAsync(whole))(address));
                Assert.False(reply.Status is 401 or 403 or >= 500, $"{address}: {reply.Status} {reply.Body}");
            }
        }
    }

    [Fact]
    public async Task WhatBelongsToSomebodyElse_IsAnsweredLikeWhatIsNotThere()
    {
        var (mine, theirs) = (await PracticeAsync(), await PracticeAsync());
        // their own other environment
        var live = Practice(theirs.Owner, await App.KeyAsync(theirs.Owner, StudioEnvironment.Live));
        foreach (var address in Addresses.Where(a => a.IsOfOne))
        {
            var path = (await PathsAsync(theirs))(address);
            var unknown = await AskAsync(mine, address, UnknownPath(address));
            Refused(unknown, 404, "not_found");
            foreach (var stranger in new[] { mine, live })
            {
                var reply = await AskAsync(stranger, address, path);
                Refused(reply, 404, "not_found");
                Assert.Equal(unknown.Body, reply.Body);
            }
        }

        Assert.Equal(Addresses.Count(a => a.IsOfOne), await CountAsync(theirs));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("wf_")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001x")]
    public async Task IdThatIsNone_IsLikeOneThatIsNotThere(string id)
    {
        var practice = await PracticeAsync();
        foreach (var address in Addresses.Where(a => a.IsOfOne))
            Refused(await AskAsync(practice, address, PathOf(address, id, id)), 404, "not_found");
    }

    [Fact]
    public async Task MoreThanAKeyMaySend_IsRefusedWithATimeAndNotKept()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 9, 0, 15, TimeSpan.Zero));
        await using var own = new StudioApp
        {
            Change = services =>
            {
                Change(services);
                services.AddSingleton(new RequestLimits(new StudioLimits { Key = 1 }, clock));
            },
        };
        var practice = Speaking(await own.PracticeAsync());
        Assert.Equal(200, (await practice.GetAsync(Prefix + Addresses[1].Path)).Status);
        var refused = await practice.PostAsync(Making, Body("One"), "k1");
        Refused(refused, 429, "rate_limited");
        Assert.Equal("1", refused.Headers.RetryAfter!.ToString());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(201, (await practice.PostAsync(Making, Body("One"), "k1")).Status);
    }

    [Fact]
    public async Task PageOfAnotherOrigin_MayNotReadWhatAKeyIsAnswered()
    {
        var practice = await PracticeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Prefix + Addresses[1].Path);
        request.Headers.Add("Origin", "https://evil.test");
        var reply = await Reply.OfAsync(await practice.Client.SendAsync(request));
        if (TakesPages) Assert.Equal(200, reply.Status);
        else Refused(reply, 403, "origin_not_allowed");
        Assert.DoesNotContain(reply.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        using var ask = new HttpRequestMessage(HttpMethod.Options, Making);
        ask.Headers.Add("Origin", "https://evil.test");
        ask.Headers.Add("Access-Control-Request-Method", "POST");
        var preflight = await Reply.OfAsync(await practice.Client.SendAsync(ask));
        Refused(preflight, 405, "method_not_allowed");
        Assert.DoesNotContain(preflight.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Key_InAnyCaseOfTheScheme_IsTaken()
    {
        var practice = await PracticeAsync();
        practice.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", practice.Key);
        Assert.Equal(200, (await practice.GetAsync(Prefix + Addresses[1].Path)).Status);
    }
}
