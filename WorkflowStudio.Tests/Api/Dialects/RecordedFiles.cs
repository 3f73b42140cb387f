using System.Text;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects;

/// <summary>The messages of a dialect as they were recorded, a file each, in the folder <c>Recorded</c> beside its tests.</summary>
internal sealed class RecordedFiles(string dialect)
{
    private readonly string folder =
        Path.Combine(Repository.Root, "WorkflowStudio.Tests", "Api", "Dialects", dialect, "Recorded");

    /// <summary>The names of those that are there.</summary>
    public IEnumerable<string> Names =>
        Directory.GetFiles(folder).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    /// <summary>
    /// Fails where a message is not as it was recorded. STUDIO_WRITE_RECORDED=1 writes those that are not there; none is ever written anew:
    /// whoever changes one has told the clients of it.
    /// </summary>
    public async Task CheckAsync(string name, string played)
    {
        var file = Path.Combine(folder, name + ".txt");
        if (Environment.GetEnvironmentVariable("STUDIO_WRITE_RECORDED") == "1" && !File.Exists(file))
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(file, played);
        }

        Assert.True(
            File.Exists(file), $"There is no {name}.txt. STUDIO_WRITE_RECORDED=1 writes it; a file that is there is never changed.");
        Assert.Equal(await File.ReadAllTextAsync(file), played);
    }
}

/// <summary>A request that is recorded: sent by a client of a practice of its own.</summary>
internal sealed class RecordedCall(StudioApp app, TestPractice practice)
{
    public StudioApp App { get; } = app;

    public TestPractice Practice { get; } = practice;

    /// <summary>Sends and records.</summary>
    public async Task<string> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Recording.OfAsync(Practice.Client, request);
    }
}
