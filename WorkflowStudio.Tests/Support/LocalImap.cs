using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WorkflowStudio.Tests.Support;

/// <summary>
/// A mailbox on this machine, as far as the studio asks (RFC 3501, RFC 2177). It asks for the name “desk” with the password “s3cret”.
/// Numbers of mails go up by one; whoever idles is told of each.
/// </summary>
internal sealed class LocalImap : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<Stored> mails = [];
    private readonly ConcurrentDictionary<Session, bool> sessions = new();
    private readonly Lock gate = new();
    private readonly Task served;
    private uint next = 1;

    public LocalImap()
    {
        listener.Start();
        served = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether it tells by itself that something came.</summary>
    public bool CanIdle { get; set; } = true;

    /// <summary>The folders beside the inbox, which are empty.</summary>
    public IReadOnlyList<string> Folders { get; set; } = ["Answers", "Old mails"];

    public uint Validity { get; set; } = 1;

    /// <summary>Hears each command, without its tag; what it answers is said instead, “drop” hangs up, “silence” says nothing, null
    /// goes on.</summary>
    public Func<string, string?>? Hears { get; set; }

    /// <summary>The commands that came, without their tags.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    /// <summary>How many are signed in and wait for news.</summary>
    public int Idling => sessions.Keys.Count(s => s.IdleTag is not null);

    /// <summary>Puts a mail into the inbox. Its lines may end in line feeds.</summary>
    public uint Put(string mail) => Put(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")));

    public uint Put(byte[] mail)
    {
        uint uid;
        lock (gate)
        {
            uid = next++;
            mails.Add(new Stored(uid, mail));
        }

        foreach (var session in sessions.Keys.Where(s => s.IdleTag is not null)) _ = session.SayAsync(Exists());
        return uid;
    }

    /// <summary>Numbers all mails anew, as a server does whose mailbox was made anew.</summary>
    public void Renumber(uint validity, uint from)
    {
        lock (gate)
        {
            Validity = validity;
            var all = mails.Select(m => m.Bytes).ToList();
            mails.Clear();
            next = from;
            foreach (var mail in all) mails.Add(new Stored(next++, mail));
        }
    }

    /// <summary>Hangs up on everybody.</summary>
    public void Drop()
    {
        foreach (var session in sessions.Keys) session.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        Drop();
        await served.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private string Exists()
    {
        lock (gate) return string.Create(CultureInfo.InvariantCulture, $"* {mails.Count} EXISTS");
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested) _ = TalkAsync(new Session(await listener.AcceptTcpClientAsync(stop.Token)));
    }

    private async Task TalkAsync(Session session)
    {
        sessions[session] = true;
        try
        {
            await session.SayAsync($"* OK [CAPABILITY {Capabilities}] ready");
            while (await session.HearAsync() is { } line && await AnswerAsync(session, line))
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // somebody hung up
        }
        finally
        {
            sessions.TryRemove(session, out _);
            session.Dispose();
        }
    }

    private string Capabilities => CanIdle ? "IMAP4rev1 IDLE" : "IMAP4rev1";

    private async Task<bool> AnswerAsync(Session session, string line)
    {
        if (line == "DONE")
        {
            await session.SayAsync($"{session.IdleTag} OK done");
            session.IdleTag = null;
            return true;
        }

        var (tag, command) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        Heard.Enqueue(command);
        if (Hears?.Invoke(command) is { } said)
        {
            if (said is "drop" or "silence") return said == "silence";
            await session.SayAsync(said.Replace("TAG", tag, StringComparison.Ordinal));
            return true;
        }

        var words = command.Split(' ');
        switch (words[0].ToUpperInvariant())
        {
            case "CAPABILITY":
                await session.SayAsync($"* CAPABILITY {Capabilities}", $"{tag} OK done");
                return true;
            case "LOGIN":
                await session.SayAsync(command is "LOGIN desk s3cret" or "LOGIN \"desk\" \"s3cret\""
                    ? $"{tag} OK in"
                    : $"{tag} NO [AUTHENTICATIONFAILED] wrong");
                return true;
            case "LIST":
                await ListAsync(session, tag, command);
                return true;
            case "EXAMINE":
                await ExamineAsync(session, tag);
                return true;
            case "UID" when words[1] == "SEARCH":
                await session.SayAsync($"* SEARCH {string.Join(' ', In(words[^1]).Select(m => m.Uid))}".TrimEnd(), $"{tag} OK done");
                return true;
            case "UID" when words[1] == "FETCH":
                foreach (var mail in In(words[2])) await GiveAsync(session, mail, command);
                await session.SayAsync($"{tag} OK done");
                return true;
            case "IDLE":
                session.IdleTag = tag;
                await session.SayAsync("+ idling");
                return true;
            case "NOOP":
                await session.SayAsync(Exists(), $"{tag} OK done");
                return true;
            case "LOGOUT":
                await session.SayAsync("* BYE", $"{tag} OK out");
                return false;
            default:
                await session.SayAsync($"{tag} BAD what is {words[0]}?");
                return true;
        }
    }

    private async Task ListAsync(Session session, string tag, string command)
    {
        var wanted = command.Split(' ', 3)[^1].Trim('"');
        if (wanted.Length == 0) await session.SayAsync("* LIST (\\Noselect) \"/\" \"\"");
        foreach (var folder in Folders.Prepend("INBOX"))
            if (wanted is "*" or "%" || wanted.Equals(folder, StringComparison.OrdinalIgnoreCase))
                await session.SayAsync($"* LIST () \"/\" \"{folder}\"");
        await session.SayAsync($"{tag} OK done");
    }

    private async Task ExamineAsync(Session session, string tag)
    {
        uint end;
        lock (gate) end = next;
        await session.SayAsync(
            "* FLAGS (\\Seen)", Exists(), string.Create(CultureInfo.InvariantCulture, $"* OK [UIDVALIDITY {Validity}] valid"),
            string.Create(CultureInfo.InvariantCulture, $"* OK [UIDNEXT {end}] next"), $"{tag} OK [READ-ONLY] done");
    }

    // 3:*, 4 or 4,6:7
    private List<Stored> In(string set)
    {
        lock (gate)
            return [.. mails.Where(m => set.Split(',').Any(part => part.Split(':') is var ends && m.Uid >= Number(ends[0])
                && m.Uid <= Number(ends[^1]))).Concat(set.EndsWith(":*", StringComparison.Ordinal) ? mails.TakeLast(1) : []).Distinct()];

        static uint Number(string text) => text == "*" ? uint.MaxValue : uint.Parse(text, CultureInfo.InvariantCulture);
    }

    private async Task GiveAsync(Session session, Stored mail, string command)
    {
        int place;
        lock (gate) place = mails.IndexOf(mail) + 1;
        if (!command.Contains("BODY.PEEK[]", StringComparison.Ordinal))
        {
            await session.SayAsync(string.Create(
                CultureInfo.InvariantCulture, $"* {place} FETCH (UID {mail.Uid} RFC822.SIZE {mail.Bytes.Length})"));
            return;
        }

        var isPart = command.IndexOf("<0.", StringComparison.Ordinal) is var at && at > 0;
        var most = isPart ? int.Parse(command[(at + 3)..command.IndexOf('>', at)], CultureInfo.InvariantCulture) : int.MaxValue;
        var bytes = mail.Bytes[..Math.Min(mail.Bytes.Length, most)];
        await session.SayAsync(string.Create(
            CultureInfo.InvariantCulture, $"* {place} FETCH (UID {mail.Uid} BODY[]{(isPart ? "<0>" : "")} {{{bytes.Length}}}"));
        await session.SayAsync(bytes);
        await session.SayAsync(")");
    }

    private sealed record Stored(uint Uid, byte[] Bytes);

    private sealed class Session(TcpClient client) : IDisposable
    {
        private readonly NetworkStream stream = client.GetStream();
        private readonly SemaphoreSlim turn = new(1);
        private StreamReader? reader;

        public string? IdleTag { get; set; }

        public async Task<string?> HearAsync() => await (reader ??= new StreamReader(stream, Encoding.UTF8)).ReadLineAsync();

        public async Task SayAsync(params string[] lines)
        {
            foreach (var line in lines) await SayAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
        }

        public async Task SayAsync(byte[] bytes)
        {
            await turn.WaitAsync();
            try
            {
                await stream.WriteAsync(bytes);
            }
            finally
            {
                turn.Release();
            }
        }

        public void Dispose() => client.Dispose();
    }
}
