using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Compliance;

// what is sent twice
public abstract partial class DialectSuite
{
    [Fact]
    public async Task SameKeyAndBody_GetTheSameAnswerByteForByteAndDoNothing()
    {
        var practice = await PracticeAsync();
        var first = await practice.PostAsync(Making, Body("One"), "k1");
        Assert.Equal(201, first.Status);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        foreach (var key in new[] { "k1", "\"k1\"" })
        {
            var again = await practice.PostAsync(Making, Body("One"), key);
            AssertSame(first, again);
            Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        }

        Assert.Equal(1, await CountAsync(practice));
    }

    [Fact]
    public async Task SameKeyAndAnotherBody_AreRefused()
    {
        var practice = await PracticeAsync();
        await practice.PostAsync(Making, Body("One"), "k1");
        Refused(await practice.PostAsync(Making, Body("Other"), "k1"), KeyConflict, "idempotency_key_conflict");
        Assert.Equal(1, await CountAsync(practice));
    }

    [Fact]
    public async Task TwentyAtOnce_MakeOneThing()
    {
        var practice = await PracticeAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => practice.PostAsync(Making, Body("One"), "race")));
        var made = replies.Where(r => r.Status == 201).ToList();
        Assert.Single(made.Select(r => (r.Body, r.Headers.Location)).Distinct());
        Assert.Single(made, r => !r.Headers.Contains("Idempotency-Replayed"));
        foreach (var reply in replies.Except(made))
        {
            Refused(reply, 409, "request_in_progress");
            Assert.Equal("1", reply.Headers.RetryAfter!.ToString());
        }

        AssertSame(made[0], await practice.PostAsync(Making, Body("One"), "race"));
        Assert.Equal(1, await CountAsync(practice));
    }

    [Fact]
    public async Task Refusal_OfWhatIsNotThere_IsKeptWordForWord()
    {
        var practice = await PracticeAsync();
        foreach (var address in Addresses.Where(a => a.Method == "POST" && a.IsOfOne))
        {
            var first = await AskAsync(practice, address, UnknownPath(address), "k1");
            Refused(first, 404, "not_found");
            var again = await AskAsync(practice, address, UnknownPath(address), "k1");
            AssertSame(first, again);
            Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        }
    }

    [Fact]
    public async Task Refusal_OfWhatIsWrong_IsNotKept()
    {
        var practice = await PracticeAsync();
        var reader = Practice(practice.Owner, await App.KeyAsync(practice.Owner, StudioEnvironment.Test, Addresses[1].Scope));
        Refused(await practice.PostAsync(Making, "{}", "k1"), Validation);
        Refused(await practice.PostAsync(Making, "{", "k1"), 400);
        Refused(await reader.PostAsync(Making, Body("One"), "k1"), 403);
        Assert.Equal(201, (await practice.PostAsync(Making, Body("One"), "k1")).Status);
        Refused(await reader.PostAsync(Making, Body("One"), "k1"), 403); // nor is the answer for whoever could not have got it
    }

    [Fact]
    public async Task SameKey_ElsewhereIsAnotherRequest()
    {
        var (one, two) = (await PracticeAsync(), await PracticeAsync());
        var live = Practice(one.Owner, await App.KeyAsync(one.Owner, StudioEnvironment.Live));
        var ids = new List<string>();
        foreach (var practice in new[] { one, two, live }) ids.Add(IdOf(await practice.PostAsync(Making, Body("One"), "k1")));
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("é")]
    [InlineData("\"\"")]
    [InlineData("a\tb")]
    [InlineData(256)]
    public async Task KeyThatIsNone_IsRefusedAndNothingIsDone(object key)
    {
        var practice = await PracticeAsync();
        Refused(await practice.PostAsync(Making, Body("One"), key as string ?? new string('k', (int)key)), Validation,
            "invalid_idempotency_key");
        Assert.Equal(0, await CountAsync(practice));
    }

    [Fact]
    public async Task TwoKeysAtOnce_AreRefused()
    {
        var practice = await PracticeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Making) { Content = Json(Body("One")) };
        request.Headers.Add("Idempotency-Key", ["k1", "k2"]);
        Refused(await Reply.OfAsync(await practice.Client.SendAsync(request)), Validation, "invalid_idempotency_key");
        Assert.Equal(0, await CountAsync(practice));
    }

    [Fact]
    public async Task KeyOf255Signs_IsTaken() =>
        Assert.Equal(201, (await (await PracticeAsync()).PostAsync(Making, Body("One"), new string('~', 255))).Status);

    private static void AssertSame(Reply first, Reply again) => Assert.Equal(
        (first.Status, first.Body, first.Headers.Location, first.ContentHeaders.ContentType),
        (again.Status, again.Body, again.Headers.Location, again.ContentHeaders.ContentType));
}
