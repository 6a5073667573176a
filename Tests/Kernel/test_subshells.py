"""Looking at a network from a subshell while it trains in the main shell."""

TRAINING = """
net = network(input(2), dense(8, tanh), dense(1))
run = train(net, make_xor(), loss=mse, optimizer=sgd(0.001), epochs=10**9)
"""


def test_kernel_info_names_subshells(talk):
    assert "kernel subshells" in talk.ask("kernel_info_request")["supported_features"]


def test_a_network_can_be_looked_at_while_it_trains(talk):
    training = talk.begin(TRAINING)
    subshell = talk.ask("create_subshell_request", channel="control")["subshell_id"]
    before = talk.result("net.hash()", subshell)
    assert talk.result(f"while net.hash() == {before}: sleep(0.001)\n'changed'", subshell) == "'changed'"
    assert talk.result("last_run().stopped", subshell) == "'running'"

    drawn = talk.execute("display(plot(last_run().loss))", subshell)
    messages = talk.shown(drawn)
    assert any("image/svg+xml" in m["content"].get("data", {}) for m in messages)
    assert all(m["parent_header"]["subshell_id"] == subshell for m in messages)

    # Its errors and interrupts are its own.
    assert talk.run("1 / 0", subshell)["ename"] == "ZeroDivisionError"
    loop = talk.execute("print('started')\nwhile True: pass", subshell)
    talk.shown(loop, until="started\n")
    talk.ask("interrupt_request", channel="control", subshell=subshell)
    assert talk.reply(loop)["ename"] == "KeyboardInterrupt"

    # The main shell is still at it, and can be stopped.
    before = talk.result("net.hash()", subshell)
    assert talk.result(f"while net.hash() == {before}: sleep(0.001)\n'changed'", subshell) == "'changed'"
    talk.ask("interrupt_request", channel="control")
    assert talk.reply(training)["ename"] == "KeyboardInterrupt"
    assert talk.result("run.stopped") == "'interrupted'"
    assert talk.ask("list_subshell_request", channel="control")["subshell_id"] == [subshell]


def test_each_shell_has_a_count_and_a_history_of_its_own(talk):
    subshell = talk.ask("create_subshell_request", channel="control")["subshell_id"]
    talk.run("a = 1")
    assert talk.run("b = 2", subshell)["execution_count"] == 1
    assert talk.run("b = 3", subshell)["execution_count"] == 2
    question = {"hist_access_type": "tail", "n": 10, "output": False, "raw": True}
    assert [entry[2] for entry in talk.ask("history_request", question, subshell=subshell)["history"]] == ["b = 2", "b = 3"]
    assert [entry[2] for entry in talk.ask("history_request", question)["history"]] == ["a = 1"]
    assert talk.result("a + b") == "4"
