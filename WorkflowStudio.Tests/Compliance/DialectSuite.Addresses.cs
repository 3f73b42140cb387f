using System.Text;
using Microsoft.AspNetCore.Http;
using WorkflowStudio.Api;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Compliance;

// what is asked where
public abstract partial class DialectSuite
{
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task AddressThatIsNone_IsNotFoundWhateverTheMethod(string method)
    {
        using var client = Client();
        foreach (var path in new[] { "/nothing/at/all", "/%7Bid%7D/what", "/a%2Fb/%01/c" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Prefix + path);
            request.Headers.Add("Accept", "text/html"); // no page is given, either
            Refused(await Reply.OfAsync(await client.SendAsync(request)), 404, "not_found");
        }
    }

    [Fact]
    public async Task Delete_OfAStateThatIsGone_IsRefused()
    {
        if (Addresses.FirstOrDefault(a => a.Method == "DELETE" && !a.Path.Contains("webhooks", StringComparison.Ordinal)
            && !a.Path.Contains("contacts", StringComparison.Ordinal) && a.IsOfOne && a.Below is null
            && !a.Path.Contains("schedule", StringComparison.Ordinal)) is not { } delete) return;
        var practice = await PracticeAsync();
        var path = PathOf(delete, await MakeAsync(practice), "");
        Refused(await DeleteAsync("\"nonsense\""), 412, "precondition_failed");
        Refused(await DeleteAsync("nonsense"), Validation);
        var tag = (await practice.GetAsync(path)).Headers.ETag!.ToString();
        Assert.Equal(204, (await DeleteAsync(tag)).Status);

        async Task<Reply> DeleteAsync(string ifMatch)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, path);
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            return await Reply.OfAsync(await practice.Client.SendAsync(request));
        }
    }

    [Fact]
    public async Task ManyChanges_AtOnce_AreAllMade()
    {
        if (Addresses.FirstOrDefault(a => a.Method is "PATCH" or "PUT" && a.Body.Contains("\"Two\"", StringComparison.Ordinal)
            && !a.Path.Contains("webhooks", StringComparison.Ordinal)) is not { } change) return;
        var practice = await PracticeAsync();
        var path = PathOf(change, await MakeAsync(practice), "");
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => practice.SendAsync(new HttpMethod(change.Method), path,
            Json(change.Body.Replace("Two", $"Number {i}", StringComparison.Ordinal)), null)));
        Assert.All(replies, r => Assert.True(r.Status == 200, r.Body));
    }

    [Theory]
    [InlineData("PROPFIND")]
    [InlineData("OPTIONS")]
    public async Task MethodThatAnAddressDoesNotTake_IsToldThoseItTakes(string method)
    {
        using var client = Client();
        // a browser asks the door of a workflow, which lies at the address of a webhook, whether a page may post there
        foreach (var address in Addresses.Where(a => method != "OPTIONS" || !a.IsBesideTheDoor))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), UnknownPath(address));
            var reply = await Reply.OfAsync(await client.SendAsync(request));
            Refused(reply, 405, "method_not_allowed");
            Assert.Contains(address.Method, reply.ContentHeaders.Allow);
        }
    }

    [Fact]
    public async Task Head_IsAnsweredLikeGet()
    {
        var practice = await PracticeAsync();
        foreach (var address in Addresses.Where(a => a.Method == "GET"))
        {
            var path = (await PathsAsync(practice))(address);
            var (get, head) = (await practice.GetAsync(path), await practice.SendAsync(HttpMethod.Head, path, null, null));
            // a stream has no end whose head could be told
            if (head.Status == 405) Assert.DoesNotContain("HEAD", head.ContentHeaders.Allow);
            else Assert.Equal((get.Status, get.ContentHeaders.ContentType), (head.Status, head.ContentHeaders.ContentType));
        }
    }

    [Fact]
    public async Task HostThatIsNone_IsRefusedInTheDialectsShape()
    {
        foreach (var host in new[] { "a b", "x:0", "" })
        {
            var http = await App.Server.SendAsync(h =>
            {
                (h.Request.Method, h.Request.Scheme, h.Request.Path, h.Request.Host) = ("GET", "http", Making, new HostString(host));
                if (Header is not null) h.Request.Headers[Header] = "practice_1";
            });
            Refused(await ReadAsync(http), 400, "unknown_host");
        }
    }

    [Fact]
    public async Task FaultOfTheServer_IsToldWithoutItsInside()
    {
        foreach (var (fault, status, code) in new (Exception, int, string)[]
        {
            (new InvalidOperationException("secret of WorkflowStudio.Engine"), 500, "internal_error"),
            (new BadHttpRequestException("Bad chunk size data.", 400), 400, "invalid_request"),
        })
        {
            var http = new DefaultHttpContext();
            http.Response.Body = new MemoryStream();
            var answer = await App.Get<ApiGate>().GuardedAsync(Dialect, http, () => throw fault);
            await answer.WriteAsync(http.Response, default);
            http.Response.Body.Position = 0;
            Refused(await ReadAsync(http), status, code);
        }
    }

    private static async Task<Reply> ReadAsync(HttpContext http)
    {
        using var text = new StreamReader(http.Response.Body);
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)http.Response.StatusCode)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(await text.ReadToEndAsync())),
        };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", http.Response.ContentType);
        return await Reply.OfAsync(response);
    }
}
