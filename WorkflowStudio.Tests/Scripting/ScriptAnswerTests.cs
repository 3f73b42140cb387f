using System.Text;
using WorkflowStudio.Engine.Scripting;

namespace WorkflowStudio.Tests.Scripting;

/// <summary>What a process of scripts sends, which nobody believes before it is looked at.</summary>
public sealed class ScriptAnswerTests
{
    [Fact]
    public void Answer_Written_IsReadAgain()
    {
        ScriptAnswer[] sent =
        [
            new("[1]"u8.ToArray(), null, null) { Lines = ["a", "ü"] },
            ScriptAnswer.Failed("code_error", "Line 1: ü"), ScriptAnswer.OutOfMemory with { IsLast = true },
        ];
        foreach (var answer in sent)
        {
            var read = Read(w => answer.Write(w));
            Assert.Equal((answer.Json is { } json ? Encoding.UTF8.GetString(json) : null, answer.Code, answer.Message, answer.IsLast),
                (read.Json is { } again ? Encoding.UTF8.GetString(again) : null, read.Code, read.Message, read.IsLast));
            Assert.Equal(answer.Lines, read.Lines);
        }
    }

    [Fact]
    public void Answer_OfASizeThatCannotBe_IsRefusedBeforeItIsRead()
    {
        Action<BinaryWriter>[] lies =
        [
            w => Begin(w, true, int.MaxValue), w => Begin(w, true, -1), w => Begin(w, true, ScriptLimits.LargestValue + 1),
            w => { w.Write(false); w.Write(false); w.Write7BitEncodedInt(int.MaxValue); },
            w => { Begin(w, true, 0); w.Write(int.MaxValue); },
            w => { Begin(w, true, 0); w.Write(1); w.Write7BitEncodedInt(ScriptLimits.LongestText * 4 + 1); },
        ];

        Assert.All(lies, lie => Assert.Throws<InvalidDataException>(() => Read(lie)));
    }

    private static void Begin(BinaryWriter writer, bool hasValue, int size)
    {
        writer.Write(false);
        writer.Write(hasValue);
        writer.Write(size);
    }

    private static ScriptAnswer Read(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        write(writer);
        writer.Flush();
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        return ScriptAnswer.Read(reader);
    }
}
