using System.Net;
using WorkflowStudio.Hosting;

namespace WorkflowStudio.Tests.Hosting;

/// <summary>What a start is refused for, before anything is made.</summary>
public sealed class StartRefusalTests
{
    [Theory]
    [InlineData(
        "--prot 18180", "--prot is not known. The server takes --data DIR, --urls URL, --environment NAME and --no-demo; see --help.")]
    [InlineData("--data x more",
        "\"more\" is not expected here. The server takes --data DIR, --urls URL, --environment NAME and --no-demo; see --help.")]
    [InlineData(
        "--no-demo --data", "--data needs a value. The server takes --data DIR, --urls URL, --environment NAME and --no-demo; see --help.")]
    [InlineData(
        "--data --no-demo", "--data needs a value. The server takes --data DIR, --urls URL, --environment NAME and --no-demo; see --help.")]
    [InlineData("--data=x --urls http://127.0.0.1:1 --environment Production --no-demo", null)]
    [InlineData("--Logging:LogLevel:Default Debug --no-demo=true", null)]
    [InlineData("", null)]
    public void Arguments_ThatAreNotKnown_AreRefused(string args, string? why) =>
        Assert.Equal(why, StudioArguments.Refuse(args.Split(' ', StringSplitOptions.RemoveEmptyEntries))?.Why);

    [Fact]
    public void Variables_ThatLookLikeSettings_AreNamed() =>
        Assert.Equal(["STUDIO_DATABSE"],
            StudioArguments.Misspelled(["PATH", "STUDIO_DATABSE", "STUDIO_DATABASE", "STUDIO_TEST_POSTGRES", "STUDIO_CRASH_SEED"]));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("ftp://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:5080/studio")]
    [InlineData("http://127.0.0.1:5080;what")]
    public void Address_ThatCannotBeRead_IsRefused(string urls)
    {
        var refusal = ListenAddresses.RefuseUnreadable(urls);
        Assert.Equal((2, $"The address to listen on is \"{urls.Split(';')[^1]}\"; give --urls as http://HOST:PORT, for example "
            + "http://127.0.0.1:5080."), (refusal!.ExitCode, refusal.Why));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080;https://[::1]:5081")]
    [InlineData("http://+:80")]
    [InlineData("http://127.0.0.1:0")]
    public void Address_ThatCanBeRead_IsTaken(string urls) => Assert.Null(ListenAddresses.RefuseUnreadable(urls));

    [Theory]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1:5080", "Port 5080 is in use. Start with --urls http://127.0.0.1:5081")]
    [InlineData("http://127.0.0.1:5080", "0.0.0.0:5080 127.0.0.1:5081", "Port 5080 is in use. Start with --urls http://127.0.0.1:5082")]
    [InlineData("http://localhost:5080", "[::1]:5080", "Port 5080 is in use. Start with --urls http://localhost:5081")]
    [InlineData("http://*:5080", "127.0.0.1:5080", "Port 5080 is in use. Start with --urls http://*:5081")]
    [InlineData("http://127.0.0.1:5079;http://127.0.0.1:5080", "[::]:5080", "Port 5080 is in use. Start with --urls http://127.0.0.1:5081")]
    [InlineData("http://192.0.2.1:5080", "",
        "192.0.2.1 is not an address of this machine. Give --urls with one that is, for example http://127.0.0.1:5080.")]
    [InlineData("http://127.0.0.1:5080", "127.0.0.2:5080 127.0.0.1:5081", null)]
    [InlineData("http://127.0.0.1:0", "127.0.0.1:5080", null)]
    public void Port_ThatIsInUse_IsRefusedWithOneThatIsFree(string urls, string listeners, string? why)
    {
        IPEndPoint[] taken = [.. listeners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => IPEndPoint.Parse(l))];
        Assert.Equal(why, ListenAddresses.RefuseTaken(urls, taken, () => [IPAddress.Loopback])?.Why);
    }
}
