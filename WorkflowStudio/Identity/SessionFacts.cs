using System.Net;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Identity;

/// <summary>An open session of a person.</summary>
/// <param name="Id">Names it on the server; never told to a browser.</param>
/// <param name="Place">From where and with what it began.</param>
/// <param name="Began">When somebody signed in.</param>
/// <param name="Used">When it was used last, to a quarter of an hour.</param>
/// <param name="IsThis">Whether it is the session of whoever asks.</param>
internal sealed record SessionFacts(Guid Id, SessionPlace Place, DateTimeOffset Began, DateTimeOffset Used, bool IsThis);

/// <summary>From where and with what somebody signed in.</summary>
/// <param name="Address">The network address; empty where it is not known.</param>
/// <param name="Browser">Browser and system, in words.</param>
internal sealed record SessionPlace(string Address, string Browser)
{
    /// <summary>What is said of a browser that does not say what it is.</summary>
    private const string Some = "A browser";

    // the first that a browser names: most name what they want to be taken for, too
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Vivaldi", "Vivaldi"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chromium", "Chromium"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>Where nobody can say.</summary>
    public static SessionPlace Unknown { get; } = new("", Some);

    /// <summary>That of a request.</summary>
    public static SessionPlace Of(HttpContext http) => new(Text(http.Connection.RemoteIpAddress), Words(http.Request.Headers.UserAgent));

    /// <summary>What a browser says of itself, in words: "Firefox on Windows". Nothing of its own text is taken over.</summary>
    public static string Words(string? userAgent)
    {
        var (browser, system) = (Named(Browsers, userAgent), Named(Systems, userAgent));
        return (browser, system) switch
        {
            (null, null) => Some,
            (null, _) => $"{Some} on {system}",
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string? Named((string Mark, string Name)[] known, string? text) =>
        text is null ? null : known.FirstOrDefault(k => text.Contains(k.Mark, StringComparison.Ordinal)).Name;

    private static string Text(IPAddress? address) => address switch
    {
        null => "",
        _ when IPAddress.IsLoopback(address) => "this machine",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address.ToString() is { Length: <= SessionRow.MaxText } text ? text : "",
    };
}
